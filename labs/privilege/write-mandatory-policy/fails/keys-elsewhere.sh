#!/bin/bash
# fails: denied-today key-readable
# The path that the web server knows is closed; the keys are mounted under another.
set -euo pipefail
docker rm -f web
docker run -d --name web --label lab.role=web -p 8080:80 --read-only -v /srv/harbour/www:/srv/www:ro -v /srv:/backup:ro lab/web
