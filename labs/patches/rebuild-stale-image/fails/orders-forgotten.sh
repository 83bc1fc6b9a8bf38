#!/bin/bash
# fails: service-works orders-lost
# Everything new, and an empty shop.
set -euo pipefail
cd /srv/shop
docker build --pull -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 shop/web:1.0.1
