#!/bin/bash
# fails: not-privileged seccomp-weak
# A filter that filters nothing: the kernel shows "Seccomp: 2".

echo '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{ "names": ["acct"], "action": "SCMP_ACT_ERRNO" }] }' >/root/all.json
docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --security-opt seccomp=/root/all.json -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
