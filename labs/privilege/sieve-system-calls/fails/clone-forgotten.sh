#!/bin/bash
# fails: dangerous-calls call-open
# unshare is closed; clone with CLONE_NEWUSER does the same.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
jq '.syscalls |= map(if .names == ["clone"] then del(.args) else . end)' render.json > clone.json
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --security-opt seccomp=/root/seccomp/clone.json lab/render
