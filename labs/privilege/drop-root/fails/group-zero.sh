#!/bin/bash
# fails: process-user root-group
# A number without a group and without an entry in /etc/passwd runs with group 0.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/USER 10001\n&/' Dockerfile
docker build -t upload:2 .
chown 10001 /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
