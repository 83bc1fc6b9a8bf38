#!/bin/bash
# Keeps the old container, stopped and renamed, in case something was forgotten. What does not run is no danger.
docker stop --time 1 node-agent
docker rename node-agent node-agent-old
docker run -d --name node-agent --label lab.role=agent --restart=unless-stopped \
  -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
