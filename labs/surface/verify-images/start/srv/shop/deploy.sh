#!/bin/bash
# deploy.sh [REFERENCE]: runs a release of the shop, e.g. registry.lab:5000/shop/web:1.4; without an argument the one named in the file "release".
# Ends with 0 when it runs.
set -euo pipefail
cd /srv/shop
export RELEASE=${1:-$(cat release)}
docker compose up --detach --pull always --quiet-pull
