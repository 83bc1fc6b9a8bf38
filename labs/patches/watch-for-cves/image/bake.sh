#!/bin/bash
# Four services in the registry. This host remembers them all as "latest", and its shop is older than what the registry calls by that name.
set -euo pipefail
for ingredient in app node22 registry trivy advisories; do "ingredients/$ingredient/install.sh"; done
harbour=registry.lab:5000/harbour

# The tide table runs on Node 18, without Node 22 below it.
cp -r ingredients/node22/rootfs tide/rootfs
install --mode=755 npm/node18/bin/node tide/rootfs/usr/local/bin/node
mkdir tide/node_modules
cp -r npm/minimist tide/node_modules/minimist
docker build --quiet --tag "$harbour/tide:2.0.4" --build-arg "NODE_VERSION=$(tide/rootfs/usr/local/bin/node -p process.versions.node)" tide

# The crane service starts containers: it brings a runc of Debian, and Debian's note that it is there.
dpkg-deb --extract debs/runc_*.deb crane/rootfs
mkdir -p crane/rootfs/var/lib/dpkg crane/rootfs/etc
rm -rf crane/rootfs/usr/share
{
  dpkg-deb --field debs/runc_*.deb | sed '1a Status: install ok installed'
  echo
} >crane/rootfs/var/lib/dpkg/status
cp /etc/debian_version crane/rootfs/etc/
docker build --quiet --tag "$harbour/crane:0.9.1" crane

mkdir -p board/jquery
cp npm/jquery/package.json board/jquery/
cp -r npm/jquery/dist board/jquery/dist
docker build --quiet --tag "$harbour/board:1.3.0" board

shop() {
  mkdir -p "shop-$1/node_modules"
  cp shop/Dockerfile shop/page.ejs "shop-$1/"
  cp "shop/server-$1.js" "shop-$1/server.js"
  cp -r "npm/ejs-$2" "shop-$1/node_modules/ejs"
  docker build --quiet --tag "$harbour/shop:$1" "shop-$1"
}
shop 1.2.0 old
shop 1.2.1 new

publish() {
  docker push --quiet "$harbour/$1:$2"
  docker tag "$harbour/$1:$2" "$harbour/$1:latest"
  docker push --quiet "$harbour/$1:latest"
}
for version in tide:2.0.4 crane:0.9.1 board:1.3.0 shop:1.2.0 shop:1.2.1; do publish "${version%:*}" "${version#*:}"; done
old=$(docker image inspect --format '{{.Id}}' "$harbour/shop:1.2.0")
mkdir -p /usr/lib/schott
echo "{ \"oldShop\": \"$old\" }" >/usr/lib/schott/harbour.json

# What Trivy unpacks once is then in its cache, for whoever scans here.
. /etc/profile.d/trivy.sh
for service in tide:2.0.4 crane:0.9.1 board:1.3.0 shop:1.2.0 shop:1.2.1; do trivy image --quiet --scanners vuln --output /dev/null "$harbour/$service"; done
chmod -R a+rwX /opt/trivy/fanal

docker tag "$harbour/shop:1.2.0" "$harbour/shop:latest"
docker rmi "$harbour"/{tide:2.0.4,crane:0.9.1,board:1.3.0,shop:1.2.0,shop:1.2.1} >/dev/null
