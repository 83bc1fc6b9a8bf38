#!/bin/bash
set -euo pipefail

/bake/ingredients/app/install.sh
/bake/ingredients/registry/install.sh
install -D -m 755 /bake/native/move-tag /usr/local/lib/lab/move-tag
dpkg -i /bake/debs/*.deb >/dev/null
ln -s /etc/sv/deploy-hook /etc/service/deploy-hook

# The release: built, pushed, and signed with the key that stays with whoever makes releases.
name=registry.lab:5000/shop/web
docker build --quiet --build-arg VERSION=1.4 --tag $name:1.4 web
docker push --quiet $name:1.4
digest=$(docker image inspect --format '{{index .RepoDigests 0}}' $name:1.4)
cosign generate --allow-http-registry "$digest" >payload
openssl dgst -sha256 -sign keys/release.key payload | base64 --wrap=0 >signature
cosign attach signature --allow-http-registry --payload payload --signature signature "$digest"
cosign verify --key /root/keys/release.pub --insecure-ignore-tlog=true --allow-insecure-registry "$digest" >/dev/null

# Later somebody pushed something else under the same tag, and that is what this host has pulled.
docker build --quiet --build-arg VERSION=1.4-olaf --label built-by=laptop-of-olaf --tag $name:1.4 web
docker push --quiet $name:1.4
docker rmi "$digest" 2>/dev/null || true
rm -rf /root/.sigstore /root/.docker
