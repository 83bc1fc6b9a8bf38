#!/bin/bash
# fails: image-user image-runs-as-root
# fails: process-user process-is-root
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/ && adduser.*/ \&\& adduser -S -u 0 -o -G appgroup appuser/' -e 's/^CMD/USER appuser\n&/' Dockerfile
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
