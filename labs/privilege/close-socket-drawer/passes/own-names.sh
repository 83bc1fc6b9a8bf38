#!/bin/bash
# Another name for the network, another port for the proxy, data writable as before, and a proxy that shows some more lists.
set -euo pipefail
docker rm -f dash backup metrics >/dev/null
docker network create front
docker network create api
docker run -d --name warden --network api -v /run/docker.sock:/var/run/docker.sock:ro lab/socket-proxy --port 9999 GET:/containers/json GET:/version GET:/info GET:/_ping
docker create --name board --label lab.role=dash --network front -p 8091:80 -e DOCKER_API=tcp://warden:9999 lab/dash
docker network connect api board
docker start board
docker run -d --name saver --label lab.role=backup -p 8092:80 -v /srv/data:/host/data lab/backup
docker run -d --name meter --label lab.role=metrics -p 8093:80 --read-only --cap-drop ALL --cap-add NET_BIND_SERVICE lab/metrics
