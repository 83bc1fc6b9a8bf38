#!/bin/bash
# fails: fresh-base stale-base
# The new library is copied into the running container, and the result becomes an image.
set -euo pipefail
docker tag registry.lab:5000/platform/node-web:1 old-edition
docker pull -q registry.lab:5000/platform/node-web:1
docker create --name new registry.lab:5000/platform/node-web:1 true
for name in ejs minimist; do
  docker exec shop rm -r /opt/platform/node_modules/$name
  docker cp new:/opt/platform/node_modules/$name - | docker cp - shop:/opt/platform/node_modules
done
docker rm new
docker commit shop shop/web:1.0.1
docker rm -f shop
docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1
