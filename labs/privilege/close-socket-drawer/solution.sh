#!/bin/bash
set -euo pipefail
docker rm -f dash backup metrics

# Whoever used the hole may have left an account.
sed -i '/^evil:/d' /etc/passwd

docker network create edge
docker network create --internal socket
docker run -d --name socket-proxy --restart=unless-stopped --network socket --read-only --cap-drop ALL --security-opt no-new-privileges \
  -v /var/run/docker.sock:/var/run/docker.sock lab/socket-proxy GET:/containers/json

docker create --name dash --label lab.role=dash --restart=unless-stopped --network edge -p 8091:80 -e DOCKER_API=tcp://socket-proxy:2375 lab/dash
docker network connect socket dash
docker start dash

docker run -d --name backup --label lab.role=backup --restart=unless-stopped -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics --restart=unless-stopped -p 8093:80 lab/metrics
