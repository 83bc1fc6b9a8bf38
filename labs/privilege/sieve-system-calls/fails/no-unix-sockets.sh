#!/bin/bash
# fails: renders-filtered role-missing
# fails: no-network-sockets role-missing
# No sockets at all: the renderer cannot even begin to listen.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))' default.json > render.json
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs --security-opt seccomp=/root/seccomp/render.json lab/render
