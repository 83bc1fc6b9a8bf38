#!/bin/bash
# With everything else that the other labs teach.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
docker rm -f render
cat > compose.yaml <<'END'
services:
  render:
    image: lab/render
    container_name: render
    labels: { lab.role: render }
    network_mode: none
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges", "seccomp=/root/seccomp/render.json"]
    volumes: ["/srv/render:/jobs"]
END
docker compose up -d
