#!/bin/bash
# fails: code-protected code-writable
# The process claims to run another, well-protected program.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' Dockerfile
chown 10001 /srv/uploads
sed -i "s#^'use strict';#process.title = 'node /opt/clean/server.js';#" server.js
sed -i 's/^CMD/RUN mkdir -p \/opt\/clean \&\& cp server.js \/opt\/clean \&\& chmod 666 server.js\nUSER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
