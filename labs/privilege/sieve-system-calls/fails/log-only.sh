#!/bin/bash
# fails: dangerous-calls call-open
# fails: no-network-sockets network-sockets
# fails: default-deny allows-by-default
# The right profile with a default action that only takes notes.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
jq '.defaultAction = "SCMP_ACT_LOG" | del(.defaultErrnoRet)' render.json > log.json
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --security-opt seccomp=/root/seccomp/log.json lab/render
