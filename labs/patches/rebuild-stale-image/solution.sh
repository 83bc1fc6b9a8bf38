#!/bin/bash
set -euo pipefail
cd /srv/shop

docker pull registry.lab:5000/platform/node-web:1
digest=$(docker image inspect --format '{{index .RepoDigests 0}}' registry.lab:5000/platform/node-web:1)
sed -i "s|^FROM .*|FROM registry.lab:5000/platform/node-web:1@${digest#*@}|" Dockerfile
sed -i "s|{ guest: 'Gast', ...request.query }|{ guest: request.query.guest ?? 'Gast' }|" app/server.js
docker build -t shop/web:1.0.1 .

sed -i 's|shop/web:1.0$|shop/web:1.0.1|' run.sh
docker rm -f shop
bash run.sh
