#!/bin/bash
# Builds lab/node22: the userland of lab/bb with a real Node 22, the libraries it needs, and a user "node".
set -euo pipefail
cd "$(dirname "$0")"

install -D --mode=755 npm/node22/bin/node rootfs/usr/local/bin/node
missing=$(ldd rootfs/usr/local/bin/node | grep 'not found' || true)
[ -z "$missing" ] || { echo "Cannot build lab/node22: node lacks a library: $missing" >&2; exit 1; }
ldd rootfs/usr/local/bin/node | grep -o '/[^ ]*' | sort -u | xargs cp --dereference --parents -t rootfs

mkdir -p rootfs/etc
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\nnode:x:1000:1000::/home/node:/bin/sh\n' >rootfs/etc/passwd
printf 'root:x:0:\nnogroup:x:65534:\nnode:x:1000:\n' >rootfs/etc/group
install --directory --owner=1000 --group=1000 rootfs/home/node
../accounts/install.sh rootfs

version=$(rootfs/usr/local/bin/node -p process.versions.node)
docker build --quiet --tag lab/node22 --build-arg "NODE_VERSION=$version" .
docker run --rm lab/node22 node -e "process.exit(process.versions.node === '$version' ? 0 : 1)"
