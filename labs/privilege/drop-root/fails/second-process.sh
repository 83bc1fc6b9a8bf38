#!/bin/bash
# fails: process-user process-is-root
# A second service in the same container, started as root.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' Dockerfile
chown 10001 /srv/uploads
sed -i -e 's/^CMD/USER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
docker exec -d -u 0 -e PORT=81 upload node /app/server.js
