#!/bin/bash
# fails: image-user image-runs-as-root
# fails: process-user process-is-root
# fails: no-helpers setuid-helper
# Built and even restarted, but a container keeps the image it was created from.
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/^CMD/USER 10001:10001\n&/' Dockerfile
docker build -t upload:1 .
chown 10001 /srv/uploads
docker restart upload
