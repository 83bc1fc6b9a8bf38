#!/bin/bash
# The platform's base image in two editions: the registry has the new one, this host remembers the old one under the same name and has built the shop on it.
set -euo pipefail
for ingredient in node22 registry trivy; do "ingredients/$ingredient/install.sh"; done

base=registry.lab:5000/platform/node-web:1
edition() {
  local context=edition-$1
  mkdir -p "$context/libraries"
  cp platform/Dockerfile "$context/"
  cp -r npm/platform/node_modules "$context/framework"
  cp -r "npm/ejs-$1" "$context/libraries/ejs"
  cp -r "npm/minimist-$1" "$context/libraries/minimist"
  docker build --quiet --tag "$base" --build-arg "EDITION=$2" "$context"
  docker push --quiet "$base"
}
layers() { docker image inspect "$1" | jq --compact-output '.[0].RootFS.Layers'; }

edition old 2022.03
docker build --quiet --tag shop/web:1.0 /srv/shop
docker tag "$base" old-edition
edition new 2026.11
mkdir -p /usr/lib/schott
jq --null-input \
  --argjson layers "$(layers "$base")" \
  --arg digest "$(docker image inspect "$base" | jq --raw-output '.[0].RepoDigests[0] | split("@")[1]')" \
  --arg oldShop "$(docker image inspect --format '{{.Id}}' shop/web:1.0)" \
  '{ $layers, $digest, $oldShop }' >/usr/lib/schott/platform.json

docker rmi "$base" >/dev/null
docker tag old-edition "$base"
docker rmi old-edition >/dev/null
