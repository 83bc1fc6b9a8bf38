#!/bin/bash
# fails: fresh-base stale-base
# Whoever can push decides what the tag means: the old edition is pushed back, and then the build asks the registry.
set -euo pipefail
cd /srv/shop
docker push -q registry.lab:5000/platform/node-web:1
docker build --pull -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
