#!/bin/bash
# fails: not-privileged capabilities-left
# One capability and no filter are enough to mount.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --cap-add SYS_ADMIN --security-opt seccomp=unconfined -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
