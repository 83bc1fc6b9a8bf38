#!/bin/bash
# Compose builds and runs it; the Dockerfile is pinned by digest alone.
set -euo pipefail
cd /srv/shop
docker pull -q registry.lab:5000/platform/node-web:1
digest=$(docker image inspect --format '{{index .RepoDigests 0}}' registry.lab:5000/platform/node-web:1)
sed -i "s|^FROM .*|FROM $digest|" Dockerfile
cat > compose.yaml <<'END'
services:
  web:
    build: .
    image: shop/web:v2.0.0
    labels: { lab.role: shop }
    ports: ['8080:80']
    volumes: ['shopdata:/data']
volumes:
  shopdata: { external: true }
END
docker rm -f shop
docker compose up -d --build
