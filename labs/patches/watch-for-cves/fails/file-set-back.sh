#!/bin/bash
# fails: pinned compose-differs
# Started pinned; the Compose file still says latest.
set -euo pipefail
cd /srv/harbour
cp compose.yaml before.yaml
for service in tide:2.0.4 crane:0.9.1 board:1.3.0 shop:1.2.1; do
  docker pull -q registry.lab:5000/harbour/$service
  digest=$(docker image inspect -f '{{index .RepoDigests 0}}' registry.lab:5000/harbour/$service)
  sed -i "s|harbour/${service%:*}:.*|harbour/$service@${digest#*@}|" compose.yaml
done
docker compose up -d
mv before.yaml compose.yaml
