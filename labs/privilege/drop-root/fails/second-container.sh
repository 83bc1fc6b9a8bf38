#!/bin/bash
# fails: image-user role-twice
# fails: process-user role-twice
# fails: service-works role-twice
# A clean container beside the vulnerable one.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/USER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
mkdir -p /srv/clean && chown 10001 /srv/clean
docker run -d --name upload2 --label lab.role=upload -p 8081:80 -v /srv/clean:/app/uploads upload:2
