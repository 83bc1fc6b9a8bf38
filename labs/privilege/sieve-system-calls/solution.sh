#!/bin/bash
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
docker rm -f render
docker run -d --name render --label lab.role=render --network none --security-opt seccomp=/root/seccomp/render.json -v /srv/render:/jobs lab/render
