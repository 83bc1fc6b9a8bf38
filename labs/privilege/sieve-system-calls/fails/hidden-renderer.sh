#!/bin/bash
# fails: filter-active hidden-renderer
# fails: dangerous-calls hidden-renderer
# fails: renders-filtered hidden-renderer
# The checked container idles behind its filter; the jobs go to another one, from an image of its own.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
docker export render | docker import --change 'USER 1000:1000' --change 'ENV PATH=/bin:/usr/bin:/usr/local/bin' --change 'ENTRYPOINT ["serve", "/jobs/render.sock", "sh", "-s"]' - plain:1
docker rm -f render
docker run -d --name render --label lab.role=render --network none --security-opt seccomp=/root/seccomp/render.json --entrypoint sleep lab/render 100000
docker run -d --name worker --network none --security-opt seccomp=unconfined -v /srv/render:/jobs plain:1
