#!/bin/bash
docker rm --force node-agent
docker run --detach --name node-agent --label lab.role=agent --restart=unless-stopped \
  -v /srv/data:/rootfs/srv/data:ro \
  -p 9100:9100 \
  lab/agent
