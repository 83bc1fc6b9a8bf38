#!/bin/bash
# fails: denied-today key-gone
# What is not there cannot be read, and cannot be used for signing either.
set -euo pipefail
mv /srv/harbour/keys /srv/keys
docker rm -f web
docker run -d --name web --label lab.role=web -p 8080:80 --user 10001:10001 --read-only -v /srv/harbour:/srv:ro lab/web
