#!/bin/bash
# fails: code-protected code-owned
# Write-protected, but the service owns its program: chmod is one call away.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/RUN chown -R appuser \/app \&\& chmod -R a-w \/app\nUSER appuser\n&/' Dockerfile
docker build -t upload:2 .
chown "$(docker run --rm upload:2 id -u)" /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
