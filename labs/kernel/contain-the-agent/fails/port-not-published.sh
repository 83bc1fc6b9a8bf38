#!/bin/bash
# fails: own-network not-answering
# fails: still-monitors not-answering

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro lab/agent
