#!/bin/bash
# The daemon's own profile, for every container that names none.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
echo '{ "seccomp-profile": "/root/seccomp/render.json" }' > /etc/docker/daemon.json
docker rm -f render
systemctl restart docker
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs lab/render
