#!/bin/bash
# Builds lab/distroless-node the way the real distroless images are made: files of Debian packages, a note for scanners of which, no package manager, no shell.
set -euo pipefail
node=$1
root=$PWD/distroless/rootfs
mkdir -p "$root"/{dev,proc,sys,run,home,etc,var/lib/dpkg/status.d}
install -D --mode=755 "$node" "$root/nodejs/bin/node"
mapfile -t libraries < <(ldd "$node" | grep --only-matching '/[^ ]*' | sort --unique)
cp --dereference --parents --target-directory="$root" "${libraries[@]}" \
  /etc/debian_version /etc/os-release /etc/ssl/certs/ca-certificates.crt

owner() { dpkg-query --search "*/$(basename "$(readlink --canonicalize "$1")")" | head --lines=1 | cut --delimiter=: --fields=1; }
{
  for library in "${libraries[@]}"; do owner "$library"; done
  echo base-files
  echo ca-certificates
} | sort --unique | while read -r package; do dpkg-query --status "$package" >"$root/var/lib/dpkg/status.d/$package"; done

cat >"$root/etc/passwd" <<'PASSWD'
root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
PASSWD
printf 'root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n' >"$root/etc/group"
install --directory --mode=700 "$root/root"
install --directory --mode=1777 "$root/tmp"
install --directory --mode=700 --owner=65532 --group=65532 "$root/home/nonroot"
tar --create --file=distroless/rootfs.tar --directory="$root" .
cat >distroless/Dockerfile <<'DOCKERFILE'
FROM scratch
ADD rootfs.tar /
ENV PATH=/nodejs/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
ENTRYPOINT ["/nodejs/bin/node"]
DOCKERFILE
rm -r "$root"
docker build --quiet --tag lab/distroless-node distroless
[ "$(docker run --rm lab/distroless-node -p 6*7)" = 42 ]
