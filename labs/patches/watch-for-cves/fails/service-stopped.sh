#!/bin/bash
# fails: shop-updated role-missing
# fails: pinned role-missing
# The board has a known hole, so it is switched off. The shop is up to date.
set -euo pipefail
cd /srv/harbour
for service in tide:2.0.4 crane:0.9.1 board:1.3.0 shop:1.2.1; do
  docker pull -q registry.lab:5000/harbour/$service
  digest=$(docker image inspect -f '{{index .RepoDigests 0}}' registry.lab:5000/harbour/$service)
  sed -i "s|harbour/${service%:*}:.*|harbour/$service@${digest#*@}|" compose.yaml
done
docker compose up -d
docker stop board
