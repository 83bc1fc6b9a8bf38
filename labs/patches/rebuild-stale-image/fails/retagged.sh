#!/bin/bash
# fails: fresh-base stale-base
# fails: scan-clean vulnerable-package
# The old image under a new version.
set -euo pipefail
docker tag shop/web:1.0 shop/web:1.0.1
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
