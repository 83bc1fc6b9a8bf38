#!/bin/bash
# fails: renders-filtered render-broken
# fails: dangerous-calls render-broken
# fails: no-network-sockets render-broken
# A profile that is too tight: the renderer starts, and the first job with a pipe in it fails.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall", "pipe", "pipe2"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > tight.json
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --security-opt seccomp=/root/seccomp/tight.json lab/render
