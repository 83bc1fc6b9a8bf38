#!/bin/bash
# fails: code-protected upload-broken
# fails: host-safe upload-broken
# fails: service-works upload-broken
# What cannot be uploaded cannot do harm; what cannot be used is not a service either.
set -euo pipefail
cd /srv/upload
sed -i "/url.pathname === '\/upload'/d" server.js
sed -i -e '/maint/d' -e 's/^CMD/USER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
chown 10001 /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
