#!/bin/bash
# Builds lab/debian-full from this Docker host's own Debian packages, without those that make it a Docker host: whole packages, with dpkg's database of just them.
# With Node, and with build tools for it that have not been looked after for a while.
set -euo pipefail
node=$1
root=$PWD/debian-full/rootfs
mkdir -p "$root"/{dev,proc,sys,run,root,var/lib/dpkg/info,var/tmp,usr/local/bin,usr/local/lib/node_modules}

dpkg-query --show --showformat '${Package}\n' |
  grep --invert-match --extended-regexp '^(docker.*|containerd|runc|runit.*|tini|iptables|bash-completion|uidmap)$' >packages
mapfile -t packages <packages
# With /usr merged some packages still list their files where they used to be.
dpkg-query --listfiles "${packages[@]}" |
  sed --quiet --regexp-extended 's#^/(bin|sbin|lib|lib64)(/|$)#/usr/\1\2#; /^\/./p' | sort --unique |
  while read -r path; do if [ -e "$path" ] || [ -L "$path" ]; then echo "$path"; fi; done >files
printf '%s\n' /bin /sbin /lib /lib64 /etc/alternatives/* /etc/ssl/certs/* /etc/ld.so.cache >>files
find /usr/bin /usr/sbin -lname '/etc/alternatives/*' >>files
tar --create --file=- --no-recursion --files-from=files 2>/dev/null | tar --extract --file=- --directory="$root"

for package in "${packages[@]}"; do cp /var/lib/dpkg/info/"$package"[.:]* "$root/var/lib/dpkg/info/"; done
awk 'NR == FNR { kept[$1]; next } $2 in kept { printf "%s\n\n", $0 }' packages RS= FS='[ \n]' /var/lib/dpkg/status >"$root/var/lib/dpkg/status"
cp /usr/share/base-passwd/passwd.master "$root/etc/passwd"
cp /usr/share/base-passwd/group.master "$root/etc/group"
chmod 1777 "$root/var/tmp"
install --directory --mode=1777 "$root/tmp"

install --mode=755 "$node" "$root/usr/local/bin/node"
cp --recursive npm/ejs npm/minimist "$root/usr/local/lib/node_modules/"
tar --create --file=debian-full/rootfs.tar --directory="$root" .
cat >debian-full/Dockerfile <<'DOCKERFILE'
FROM scratch
ADD rootfs.tar /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin NODE_PATH=/usr/local/lib/node_modules
CMD ["bash"]
DOCKERFILE
rm -r "$root"
docker build --quiet --tag lab/debian-full debian-full
docker run --rm lab/debian-full bash -c 'node -e "require(\"ejs\")" && curl --version && apt-get --version && dpkg --status bash && perl -e 1' >/dev/null
