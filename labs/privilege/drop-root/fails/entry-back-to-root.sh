#!/bin/bash
# fails: process-user process-is-root
# fails: code-protected code-writable
# fails: host-safe setuid-root-upload
# fails: no-helpers setuid-helper
# fails: service-works serves-as-root
# The image says appuser, its entry point turns back into root.
set -euo pipefail
cd /srv/upload
sed -i 's/^CMD.*/USER appuser\nENTRYPOINT ["\/usr\/bin\/maint"]\n&/' Dockerfile
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
