#!/bin/bash
# fails: not-privileged kernel-files-open
# Not privileged, but /proc/sys is writable.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --security-opt systempaths=unconfined -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
