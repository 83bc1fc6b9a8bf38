#!/bin/bash
# fails: no-helpers setuid-helper
# The helper leaves the image and comes back in a volume.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' Dockerfile
chown 10001 /srv/uploads
sed -i -e 's/^CMD/USER 10001:10001\n&/' Dockerfile
docker run --rm -v helpers:/h upload:1 sh -c 'cp /usr/bin/maint /h/; chmod 4755 /h/maint'
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads -v helpers:/opt/helpers upload:2
