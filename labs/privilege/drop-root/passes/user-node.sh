#!/bin/bash
# The user that images for Node bring along. Its number is that of dev on the Docker host: not ideal, but not root.
set -euo pipefail
cd /srv/upload
sed -i -e '/addgroup/d' -e '/maint/d' -e 's/^CMD/USER node\n&/' Dockerfile
docker build -t upload:2 .
chown 1000:1000 /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
