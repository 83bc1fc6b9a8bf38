#!/bin/bash
# fails: no-helpers sudo-without-password
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/RUN mkdir -p \/etc\/sudoers.d \&\& echo "appuser ALL=(ALL) NOPASSWD: ALL" > \/etc\/sudoers.d\/app\nUSER appuser\n&/' Dockerfile
docker build -t upload:2 .
chown "$(docker run --rm upload:2 id -u)" /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
