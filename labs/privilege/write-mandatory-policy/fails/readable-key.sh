#!/bin/bash
# fails: denied-today key-readable
# Not root, but everybody may read the key.
set -euo pipefail
chmod 755 /srv/harbour/keys
chmod 644 /srv/harbour/keys/signing.key
docker rm -f web
docker run -d --name web --label lab.role=web -p 8080:80 --user 10001:10001 --read-only --cap-drop ALL -v /srv/harbour:/srv:ro lab/web
