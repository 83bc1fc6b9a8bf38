#!/bin/bash
# fails: host-safe leftover-setuid
# Everything is right but for the program that an attacker has already put there.
set -euo pipefail
install -m 4755 /usr/local/lib/helpers/suidsh /srv/uploads/suidsh
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/USER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
chown 10001 /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
