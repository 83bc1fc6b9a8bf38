#!/bin/bash
# fails: filter-active foreign-runtime
# A runtime of one's own decides what becomes of the profile.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
echo '{ "runtimes": { "own": { "path": "/usr/sbin/runc" } }, "default-runtime": "own" }' > /etc/docker/daemon.json
docker rm -f render
systemctl restart docker
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --security-opt seccomp=/root/seccomp/render.json lab/render
