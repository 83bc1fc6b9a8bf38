#!/bin/bash
# fails: host-safe too-privileged
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/USER 1000:1000\n&/' Dockerfile
docker build -t upload:2 .
chown 1000 /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads --user 1000:1000 --privileged upload:2
