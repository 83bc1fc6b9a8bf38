#!/bin/bash
# Runs inside the new base with dockerd up: adds the nested image that every lab builds on.
set -euo pipefail
root=$(mktemp -d)
mkdir -p "$root"/{bin,etc,tmp,root,proc,sys,dev,var}
chmod 1777 "$root/tmp"
chmod 700 "$root/root"
cp /bin/busybox "$root/bin/busybox"
for applet in $(busybox --list); do [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"; done
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' > "$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' > "$root/etc/group"
tar -C "$root" -cf - . | docker import --change 'ENV PATH=/bin:/sbin:/usr/bin:/usr/sbin:/usr/local/bin' --change 'CMD ["sh"]' - lab/bb
rm -rf "$root"
