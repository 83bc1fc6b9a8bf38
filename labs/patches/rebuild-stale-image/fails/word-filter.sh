#!/bin/bash
# fails: exploit-dead exploit-works
# A filter that knows the word, but not how else it can be written.
set -euo pipefail
cd /srv/shop
sed -i "s|^app.set('view engine'|app.use((request, response, next) => (request.url.includes('outputFunctionName') ? response.sendStatus(403) : next()));\n&|" app/server.js
docker build -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
