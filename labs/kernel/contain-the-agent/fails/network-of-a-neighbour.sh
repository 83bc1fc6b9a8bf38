#!/bin/bash
# fails: own-network host-network
# The network of another container that has the host’s.

docker rm --force node-agent
docker run -d --name neighbour --network=host lab/bb sleep 100000
docker run -d --name node-agent --label lab.role=agent --network=container:neighbour -v /srv/data:/rootfs/srv/data:ro lab/agent
