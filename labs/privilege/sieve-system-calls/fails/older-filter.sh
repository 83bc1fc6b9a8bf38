#!/bin/bash
# fails: dangerous-calls call-open
# fails: default-deny twin-narrower
# The container was started with a lax profile of the daemon's; then the daemon got a strict one and, with live-restore, left the container alone.
# A copy made now has the strict filter, and just as many of them.
set -euo pipefail
cd /root/seccomp
echo '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{ "names": ["unshare"], "action": "SCMP_ACT_ERRNO" },
  { "names": ["socket"], "action": "SCMP_ACT_ERRNO", "args": [{ "index": 0, "value": 1, "op": "SCMP_CMP_NE" }] }] }' > lax.json
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
echo '{ "live-restore": true, "seccomp-profile": "/root/seccomp/lax.json" }' > /etc/docker/daemon.json
docker rm -f render
systemctl restart docker
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs lab/render
echo '{ "live-restore": true, "seccomp-profile": "/root/seccomp/render.json" }' > /etc/docker/daemon.json
systemctl restart docker
