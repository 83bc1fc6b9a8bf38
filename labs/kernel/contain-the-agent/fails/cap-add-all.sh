#!/bin/bash
# fails: not-privileged capabilities-left
# The same rights under another name.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --cap-add ALL -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
