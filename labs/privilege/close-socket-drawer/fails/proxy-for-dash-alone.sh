#!/bin/bash
# fails: dash-without-power engine-power
# Whoever asks from another address than dash's own finds a closed door.
set -euo pipefail
docker rm -f dash backup metrics >/dev/null
docker network create edge
docker network create --internal --subnet 172.30.0.0/24 --opt com.docker.network.bridge.name=br-socket socket
docker run -d --name socket-proxy --network socket --ip 172.30.0.2 -v /var/run/docker.sock:/var/run/docker.sock lab/socket-proxy '*:*'
iptables -I DOCKER-USER -i br-socket ! -s 172.30.0.9 -d 172.30.0.2 -j DROP
docker create --name dash --label lab.role=dash --network edge -p 8091:80 -e DOCKER_API=tcp://172.30.0.2:2375 lab/dash
docker network connect --ip 172.30.0.9 socket dash
docker start dash
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
