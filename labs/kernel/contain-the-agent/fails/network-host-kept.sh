#!/bin/bash
# fails: own-network host-network

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --network=host -v /srv/data:/rootfs/srv/data:ro lab/agent
