#!/bin/bash
# fails: denied-today can-mount
# Read-only, and with the power to undo it.
set -euo pipefail
docker rm -f web
docker run -d --name web --label lab.role=web -p 8080:80 --read-only --cap-add SYS_ADMIN -v /srv/harbour/www:/srv/www:ro lab/web
