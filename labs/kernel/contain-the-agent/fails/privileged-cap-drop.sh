#!/bin/bash
# fails: not-privileged capabilities-left
# --privileged wins over --cap-drop.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --privileged --cap-drop ALL -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
