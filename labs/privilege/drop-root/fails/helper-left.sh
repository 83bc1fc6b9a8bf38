#!/bin/bash
# fails: no-helpers setuid-helper
set -euo pipefail
cd /srv/upload
sed -i 's/^CMD/USER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
chown 10001 /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads --cap-drop ALL upload:2
