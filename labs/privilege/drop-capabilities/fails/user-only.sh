#!/bin/bash
# fails: minimal-capabilities too-many-capabilities
# Number 33 has no capability, but the bounding set still offers all of them to a program that gains root.
set -euo pipefail
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --user 33:2001 --security-opt no-new-privileges --cap-add NET_ADMIN --cap-add SYS_PTRACE -v /srv/tenants:/t:ro proxy:1
