#!/bin/bash
# fails: scan-clean vulnerable-package
# fails: exploit-dead exploit-works
# A new image without a flaw, and the old libraries mounted over it.
set -euo pipefail
cd /srv/shop
docker cp shop:/opt/platform/node_modules ./modules
docker build --pull -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop/modules:/opt/platform/node_modules:ro shop/web:1.0.1
