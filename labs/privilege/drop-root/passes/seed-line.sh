#!/bin/bash
# The two lines of the well-known Dockerfile, with whatever number the user gets.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^EXPOSE/USER appuser\n&/' Dockerfile
docker build -t upload:2 .
chown "$(docker run --rm --entrypoint id upload:2 -u)" /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
