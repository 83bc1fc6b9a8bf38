#!/bin/bash
# By hand, without Compose, and with the daemon's own default address for published ports.
set -euo pipefail
cd /srv/stack
. ./.env
docker compose down
mkdir -p /etc/docker
echo '{ "default-network-opts": { "bridge": { "com.docker.network.bridge.host_binding_ipv4": "127.0.0.1" } } }' >/etc/docker/daemon.json
systemctl restart docker
for name in store; do docker network create --internal $name; done
for name in outer middle office; do docker network create $name; done
docker run -d --name store --label lab.role=kv --restart always --network store --network-alias kv -e FLAG="$FLAG" lab/kv
docker create --name orders --label lab.role=api --restart always --network middle --network-alias api -e PORT=9000 lab/api
docker network connect store orders
docker start orders
docker create --name front --label lab.role=shop --restart always --network middle -p 0.0.0.0:8080:80 -e API_PORT=9000 lab/shop
docker start front
docker run -d --name diary --label lab.role=blog --restart always --network outer -p 0.0.0.0:8082:80 --read-only lab/blog
docker run -d --name office --label lab.role=admin --restart always --network office -p 8081:80 -e FLAG="$FLAG" lab/admin
