#!/bin/bash
# fails: dash-without-power engine-power
# A proxy that lets everything through.
set -euo pipefail
docker rm -f dash backup metrics >/dev/null
docker network create edge
docker network create --internal socket
docker run -d --name socket-proxy --network socket -v /var/run/docker.sock:/var/run/docker.sock lab/socket-proxy '*:*'
docker create --name dash --label lab.role=dash --network edge -p 8091:80 -e DOCKER_API=tcp://socket-proxy:2375 lab/dash
docker network connect socket dash
docker start dash
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
