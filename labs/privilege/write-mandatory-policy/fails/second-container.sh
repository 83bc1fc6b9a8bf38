#!/bin/bash
# fails: denied-today role-twice
# A hardened container beside the other one.
set -euo pipefail
docker run -d --name web2 --label lab.role=web -p 8081:80 --user 10001:10001 --read-only -v /srv/harbour/www:/srv/www:ro lab/web
