#!/bin/bash
# fails: service-works upload-broken
# fails: host-safe upload-broken
# The new user was forgotten on the host: /srv/uploads still belongs to root.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/USER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
