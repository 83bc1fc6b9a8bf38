#!/bin/bash
# fails: proxy-hidden api-for-all
# No published port, but every neighbour reaches it.
set -euo pipefail
docker rm -f dash backup metrics >/dev/null
docker run -d --name socket-proxy -v /var/run/docker.sock:/var/run/docker.sock lab/socket-proxy GET:/containers/json
ip=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' socket-proxy)
docker run -d --name dash --label lab.role=dash -p 8091:80 -e DOCKER_API=tcp://$ip:2375 lab/dash
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
