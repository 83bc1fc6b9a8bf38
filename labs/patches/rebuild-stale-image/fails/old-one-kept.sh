#!/bin/bash
# fails: fresh-base role-twice
# The new one runs beside the old one.
set -euo pipefail
cd /srv/shop
docker build --pull -t shop/web:1.0.1 .
docker run -d --name shop-new --label lab.role=shop -p 8081:80 -v shopdata:/data shop/web:1.0.1
