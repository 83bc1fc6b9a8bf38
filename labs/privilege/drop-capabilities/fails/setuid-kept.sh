#!/bin/bash
# fails: tenants-apart can-become-tenant
# The operators' page is still root: without DAC_OVERRIDE it cannot read Bille's files, but with SETUID it can become Bille.
set -euo pipefail
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --cap-drop ALL --cap-add SETUID --cap-add SETGID --security-opt no-new-privileges -v /srv/tenants:/t:ro proxy:1
