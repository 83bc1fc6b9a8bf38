#!/bin/bash
# fails: image-user service-elsewhere
# fails: process-user service-elsewhere
# fails: code-protected service-elsewhere
# fails: host-safe service-elsewhere
# fails: no-helpers service-elsewhere
# fails: service-works service-elsewhere
# The service moves onto the Docker host; a container that does nothing stands in for it.
set -euo pipefail
docker cp upload:/usr/local/bin/node /srv/node
docker rm -f upload
printf 'FROM lab/bb\nUSER 10001:10001\nCMD ["sleep", "100000"]\n' | docker build -t idle:1 -
docker run -d --init --name upload --label lab.role=upload idle:1
ln -s /srv/uploads /srv/upload/uploads
PORT=8080 setsid /srv/node /srv/upload/server.js < /dev/null > /dev/null 2>&1 &
sleep 1
