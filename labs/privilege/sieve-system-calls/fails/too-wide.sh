#!/bin/bash
# fails: default-deny profile-too-wide
# Nothing that can be tried here is open, because the Docker host refuses these itself. The next host will not.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
jq '.syscalls += [{names: ["bpf", "perf_event_open", "userfaultfd", "kexec_load"], action: "SCMP_ACT_ALLOW"}]' render.json > wide.json
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --security-opt seccomp=/root/seccomp/wide.json lab/render
