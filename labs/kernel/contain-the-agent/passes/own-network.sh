#!/bin/bash
# A network of its own, and a named volume that is a read-only view of the directory.
docker rm --force node-agent
docker network create monitoring
docker volume create --driver local --opt type=none --opt o=bind,ro --opt device=/srv/data agent-data
docker run -d --name node-agent --label lab.role=agent --network monitoring \
  -v agent-data:/rootfs/srv/data:ro --tmpfs /tmp:size=1m -p 9100:9100 lab/agent
