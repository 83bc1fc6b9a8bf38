#!/bin/bash
# fails: code-protected code-writable
# Nothing can be replaced, yet anything can be put beside it.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' Dockerfile
chown 10001 /srv/uploads
sed -i -e 's/^CMD/RUN chmod 1777 \/app\nUSER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
