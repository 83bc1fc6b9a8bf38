#!/bin/bash
set -euo pipefail
install -m 755 /bake/native/desk /usr/local/sbin/desk
install -m 755 /bake/native/ask /usr/local/bin/ask
cp /bake/native/serve /bake/native/ask /usr/local/bin/sysprobe /srv/render-image/
docker build --quiet --tag lab/render /srv/render-image

# Docker's default profile as the installed engine applies it: it stands in the description that runc got for a running container.
docker run --detach --name sample lab/bb sleep 1000
id=$(docker inspect --format '{{.Id}}' sample)
mkdir -p /root/seccomp
jq '.linux.seccomp | {defaultAction, defaultErrnoRet, architectures, syscalls: [.syscalls[] | with_entries(select(.value != null))]}' \
  "/run/containerd/io.containerd.runtime.v2.task/moby/$id/config.json" >/root/seccomp/default.json
docker rm --force sample
docker run --rm --security-opt seccomp=/root/seccomp/default.json lab/bb true
