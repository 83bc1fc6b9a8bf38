#!/bin/bash
# fails: no-network-sockets network-sockets
# The new rule is right, the old one is still there: what one of them allows is allowed.
set -euo pipefail
cd /root/seccomp
jq '.syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --security-opt seccomp=/root/seccomp/render.json lab/render
