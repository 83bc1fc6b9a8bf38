#!/bin/bash
# fails: own-network not-answering
# fails: still-monitors not-answering
# Published for the Docker host only: the monitoring system is cut off.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 127.0.0.1:9100:9100 lab/agent
