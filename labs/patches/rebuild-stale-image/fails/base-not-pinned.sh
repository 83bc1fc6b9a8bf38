#!/bin/bash
# fails: versioned base-unpinned
# fails: app-mended query-passed
# Rebuilt, and nobody will know on what: tomorrow the same Dockerfile may build something else.
set -euo pipefail
cd /srv/shop
docker build --pull -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
