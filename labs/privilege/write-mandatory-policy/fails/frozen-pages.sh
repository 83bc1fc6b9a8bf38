#!/bin/bash
# fails: denied-today web-broken
# The pages are copied into the image; what the harbour office puts into its folder is never seen.
set -euo pipefail
cp -r /srv/harbour/www /tmp/www
printf 'FROM lab/web\nCOPY www /srv/www\n' > /tmp/Dockerfile
docker build -t web:2 /tmp
docker rm -f web
docker run -d --name web --label lab.role=web -p 8080:80 --user 10001:10001 --read-only web:2
