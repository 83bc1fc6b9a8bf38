#!/bin/bash
# fails: code-protected code-writable
# Whoever may write above the program swaps the whole directory.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' Dockerfile
chown 10001 /srv/uploads
sed -i -e 's/^CMD/RUN mv \/app \/x \&\& mkdir \/app \&\& chmod 777 \/app \&\& mv \/x \/app\/code\nWORKDIR \/app\/code\nUSER 10001:10001\n&/' Dockerfile
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/code/uploads upload:2
