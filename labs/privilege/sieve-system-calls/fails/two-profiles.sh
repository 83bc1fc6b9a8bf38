#!/bin/bash
# fails: default-deny allows-by-default
# The good profile is there to be read; the engine takes the one behind it.
set -euo pipefail
cd /root/seccomp
jq '.syscalls |= map(.names -= ["socket", "socketcall"] | select(.names != []))
  | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]' default.json > render.json
cat > deny.json <<'END'
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    { "names": ["unshare", "setns", "mount", "umount2", "mount_setattr", "open_tree", "fsopen", "keyctl", "add_key", "request_key", "io_uring_setup"], "action": "SCMP_ACT_ERRNO" },
    { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 },
    { "names": ["clone"], "action": "SCMP_ACT_ERRNO", "args": [{ "index": 0, "value": 268435456, "valueTwo": 268435456, "op": "SCMP_CMP_MASKED_EQ" }] },
    { "names": ["socket"], "action": "SCMP_ACT_ERRNO", "args": [{ "index": 0, "value": 1, "op": "SCMP_CMP_NE" }] }
  ]
}
END
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs \
  --security-opt seccomp=/root/seccomp/render.json --security-opt seccomp=/root/seccomp/deny.json lab/render
