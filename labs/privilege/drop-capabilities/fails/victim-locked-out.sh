#!/bin/bash
# fails: tenants-apart tenant-locked-out
# Nobody reads Bille's files any more, Bille included.
set -euo pipefail
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --user 33:2001 --cap-drop ALL --security-opt no-new-privileges -v /srv/tenants:/t:ro proxy:1
chmod 000 /srv/tenants/bille
