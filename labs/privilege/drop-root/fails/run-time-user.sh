#!/bin/bash
# fails: image-user image-runs-as-root
# The next one to start this image will forget --user.
set -euo pipefail
chown 1000 /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads --user 1000:1000 upload:1
