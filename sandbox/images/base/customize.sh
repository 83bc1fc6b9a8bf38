#!/bin/sh
# mmdebstrap customize hook: $1 is the new root, $2 gets the hashes of the tools that checks rely on. Users, services, permissions.
set -eu
root=$1
chroot "$root" useradd --create-home --uid 1000 --shell /bin/bash dev
chroot "$root" getent group docker > /dev/null || chroot "$root" groupadd --system docker
# runit brings a link to a folder of its own; here the services are listed in a plain one.
rm -rf "$root/etc/service"
mkdir "$root/etc/service"
chmod 700 "$root/root"
ln -sf /etc/sv/containerd "$root/etc/service/containerd"
ln -sf /etc/sv/docker "$root/etc/service/docker"
chmod 755 "$root"/usr/lib/schott/* "$root"/etc/sv/*/run "$root"/etc/sv/docker/finish "$root"/usr/local/bin/systemctl "$root/usr/local/bin/sysprobe" "$root"/usr/local/sbin/service
mkdir -p "$root/usr/lib/schott/probe" "$root/etc/docker"
cp "$root/bin/busybox" "$root/usr/lib/schott/probe/busybox"
for applet in $(chroot "$root" busybox --list); do [ "$applet" = busybox ] || ln -s busybox "$root/usr/lib/schott/probe/$applet"; done
install -m 755 "$root/usr/local/bin/sysprobe" "$root/usr/lib/schott/probe/sysprobe"
# Belongs to root and would lend out its rights, if the kernel let it: that is what it is there to find out.
install -m 4755 "$root/usr/local/bin/sysprobe" "$root/usr/lib/schott/probe/setuid-sysprobe"
# useradd gives every user a range, and dev's was the one of userns-remap: he could have taken on the ids of its containers.
for file in subuid subgid; do echo 'dockremap:100000:65536' > "$root/etc/$file"; done
# The large programs lie in a folder of their own: in a sandbox the machine mounts its one copy over it, and all sandboxes share that copy's memory.
mkdir "$root/usr/lib/schott/programs"
for program in usr/sbin/dockerd usr/sbin/docker-proxy usr/sbin/runc usr/bin/containerd usr/bin/containerd-shim-runc-v2 usr/bin/docker \
  usr/libexec/docker/cli-plugins/docker-buildx usr/libexec/docker/cli-plugins/docker-compose; do
  mv "$root/$program" "$root/usr/lib/schott/programs/"
  ln -sr "$root/usr/lib/schott/programs/${program##*/}" "$root/$program"
done
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin
hash_of() { printf '%s %s\n' "$1" "$(sha256sum < "$root$2" | cut -d ' ' -f 1)"; }
{
  hash_of dockerd /usr/sbin/dockerd
  hash_of containerd /usr/bin/containerd
  hash_of containerd-shim-runc-v2 /usr/bin/containerd-shim-runc-v2
  hash_of docker-proxy /usr/sbin/docker-proxy
  hash_of runc /usr/sbin/runc
  hash_of probe /usr/lib/schott/probe/busybox
  hash_of sysprobe /usr/lib/schott/probe/sysprobe
} > "$2"
