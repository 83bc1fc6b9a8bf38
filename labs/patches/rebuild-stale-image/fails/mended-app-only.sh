#!/bin/bash
# fails: fresh-base stale-base
# fails: scan-clean vulnerable-package
# The app no longer hands the address on, so the exploit is dead; the vulnerable libraries stay for whoever finds the next way.
set -euo pipefail
cd /srv/shop
sed -i "s|{ guest: 'Gast', ...request.query }|{ guest: request.query.guest ?? 'Gast' }|" app/server.js
docker build -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
