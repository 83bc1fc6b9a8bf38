#!/bin/bash
# fails: default-deny profile-too-wide
# Rules with conditions that are as good as none: an argument that nobody checks, and a capability that every container has.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]},
    {names: ["bpf"], action: "SCMP_ACT_ALLOW", args: [{index: 5, value: 4711, op: "SCMP_CMP_NE"}]},
    {names: ["perf_event_open"], action: "SCMP_ACT_ALLOW", includes: {caps: ["CAP_CHOWN"]}}]' default.json > tricky.json
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --security-opt seccomp=/root/seccomp/tricky.json lab/render
