#!/bin/bash
# fails: dangerous-calls call-open
# The flags of clone3 lie in memory, where no filter can look.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
jq '.syscalls |= map(if .names == ["clone3"] then {names: .names, action: "SCMP_ACT_ALLOW"} else . end)' render.json > clone3.json
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --security-opt seccomp=/root/seccomp/clone3.json lab/render
