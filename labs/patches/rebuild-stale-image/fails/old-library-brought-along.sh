#!/bin/bash
# fails: scan-clean vulnerable-package
# fails: exploit-dead exploit-works
# On the new base, but the app brings its own copy of the old library, "because it is tested".
set -euo pipefail
cd /srv/shop
docker cp shop:/opt/platform/node_modules/ejs ./ejs-copy
mkdir -p app/node_modules && mv ejs-copy app/node_modules/ejs
sed -i "s|^app.set('view engine'|app.engine('ejs', require('ejs').__express);\n&|" app/server.js
docker build --pull -t shop/web:1.0.1 .
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
