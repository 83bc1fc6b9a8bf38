#!/bin/bash
# fails: fresh-base stale-base
# Built anew, and without the cache, yet on the edition that this host still has under that name.
set -euo pipefail
cd /srv/shop
docker build --no-cache -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
