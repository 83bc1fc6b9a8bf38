#!/bin/bash
# build.sh VERSION: builds shop/worker:VERSION. CI calls it like this, and says in BUILD_TOKEN_FILE in which file the token for this one build lies.
set -euo pipefail
cd /srv/worker
token_file=${BUILD_TOKEN_FILE:-/srv/secrets/build-token}
docker build --quiet --add-host internal-api:host-gateway \
  --build-arg "VERSION=$1" --build-arg "TOKEN=$(cat "$token_file")" \
  --tag "shop/worker:$1" .
