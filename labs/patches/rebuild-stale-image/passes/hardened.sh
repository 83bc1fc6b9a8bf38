#!/bin/bash
# Rebuilt, released to the registry, and started from there with less rights, on another port inside.
set -euo pipefail
cd /srv/shop
docker pull -q registry.lab:5000/platform/node-web:1
digest=$(docker image inspect --format '{{index .RepoDigests 0}}' registry.lab:5000/platform/node-web:1)
sed -i "s|^FROM .*|FROM registry.lab:5000/platform/node-web:1@${digest#*@}|" Dockerfile
printf 'ENV PORT=3000\nUSER node\n' >> Dockerfile
docker build -t registry.lab:5000/shop/web:1.0.2 -t registry.lab:5000/shop/web:latest .
docker push -q registry.lab:5000/shop/web:1.0.2
docker rm -f shop
docker run --rm -v shopdata:/data lab/bb chown -R 1000:1000 /data
docker run -d --name shop --label lab.role=shop -p 8080:3000 -v shopdata:/data --read-only --cap-drop ALL --security-opt no-new-privileges \
  --memory 256m registry.lab:5000/shop/web:1.0.2
