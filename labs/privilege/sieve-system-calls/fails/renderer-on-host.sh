#!/bin/bash
# fails: filter-active service-elsewhere
# fails: dangerous-calls service-elsewhere
# fails: renders-filtered service-elsewhere
# The jobs are carried out on the Docker host itself, beside a well-filtered container that does nothing.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
docker cp render:/usr/local/bin/serve /usr/local/bin/serve
docker rm -f render
docker run -d --name render --label lab.role=render --network none --security-opt seccomp=/root/seccomp/render.json --entrypoint sleep lab/render 100000
ln -sf /srv/render /jobs
setsid serve /srv/render/render.sock sh -s < /dev/null > /dev/null 2>&1 &
sleep 0.5
chown 1000 /srv/render/render.sock
