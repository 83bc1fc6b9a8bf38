#!/bin/bash
# fails: image-user image-runs-as-root
# fails: process-user process-is-root
# fails: host-safe setuid-root-upload
# fails: service-works serves-as-root
# A user with another name and root's number.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/RUN echo app:x:0:0::\/:\/bin\/sh >> \/etc\/passwd\nUSER app\n&/' Dockerfile
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
