#!/bin/bash
# fails: proxy-hidden api-exposed
# A careful proxy, published for everybody.
set -euo pipefail
docker rm -f dash backup metrics >/dev/null
docker run -d --name socket-proxy -p 2399:2375 -v /var/run/docker.sock:/var/run/docker.sock lab/socket-proxy GET:/containers/json
docker run -d --name dash --label lab.role=dash -p 8091:80 -e DOCKER_API=tcp://172.17.0.1:2399 lab/dash
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
