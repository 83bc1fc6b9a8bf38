#!/bin/bash
# fails: scan-clean vulnerable-code
# The old library, with the version number of the new one.
set -euo pipefail
cd /srv/shop
cat >> Dockerfile <<'END'
RUN sed -i 's/"version": "3.1.6"/"version": "3.1.10"/' /opt/platform/node_modules/ejs/package.json && sed -i 's/"version": "1.2.5"/"version": "1.2.8"/' /opt/platform/node_modules/minimist/package.json
END
docker build -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
