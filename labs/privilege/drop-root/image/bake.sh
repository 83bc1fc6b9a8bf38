#!/bin/bash
set -euo pipefail

rootfs=node18/rootfs
mkdir -p "$rootfs"/{etc,home,root,usr/bin,usr/sbin}
install -D -m 755 npm/node18/bin/node "$rootfs/usr/local/bin/node"
missing=$(ldd "$rootfs/usr/local/bin/node" | grep 'not found' || true)
[ -z "$missing" ] || { echo "Cannot build lab/node18: node lacks a library: $missing" >&2; exit 1; }
ldd "$rootfs/usr/local/bin/node" | grep -o '/[^ ]*' | sort -u | xargs cp --dereference --parents -t "$rootfs"

# Other than root only these: like the usual image for Node, it brings a user "node".
cat >"$rootfs/etc/passwd" <<'END'
root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/:/bin/false
node:x:1000:1000::/home/node:/bin/sh
END
cat >"$rootfs/etc/group" <<'END'
root:x:0:
nogroup:x:65534:
node:x:1000:
END
install -d -o 1000 -g 1000 "$rootfs/home/node"
ingredients/accounts/install.sh "$rootfs"
ingredients/suidsh/install.sh "$rootfs"
ingredients/suidsh/install.sh

docker build --quiet --tag lab/node18 node18
docker run --rm lab/node18 node -e 'process.exit(process.version === "v18.20.8" ? 0 : 1)'
docker build --quiet --tag upload:1 /srv/upload

ingredients/dev-login/install.sh Hafen-2019
