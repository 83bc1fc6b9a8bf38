#!/bin/bash
# fails: denied-today etc-writable
# The keys are out of reach, the rest of the container is not.
set -euo pipefail
docker rm -f web
docker run -d --name web --label lab.role=web -p 8080:80 -v /srv/harbour/www:/srv/www:ro lab/web
