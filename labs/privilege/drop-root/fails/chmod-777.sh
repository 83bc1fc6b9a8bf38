#!/bin/bash
# fails: code-protected code-writable
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/RUN chmod -R 777 \/app\nUSER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
chmod 777 /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
