#!/bin/bash
# fails: versioned no-way-back
# The new image bears a new version, and the old one as well.
set -euo pipefail
cd /srv/shop
docker pull -q registry.lab:5000/platform/node-web:1
sed -i "s|^FROM .*|FROM $(docker image inspect --format '{{index .RepoDigests 0}}' registry.lab:5000/platform/node-web:1)|" Dockerfile
docker build -t shop/web:1.0.1 -t shop/web:1.0 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
