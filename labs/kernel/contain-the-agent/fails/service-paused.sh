#!/bin/bash
# fails: still-monitors not-answering
# fails: own-network not-answering

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
docker pause node-agent
