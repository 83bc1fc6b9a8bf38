#!/bin/bash
# fails: minimal-capabilities too-many-capabilities
# fails: no-raw-network raw-network
# fails: tenants-apart can-become-tenant
# Started well, and then somebody went in with all rights.
set -euo pipefail
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --user 33:2001 --cap-drop ALL --security-opt no-new-privileges -v /srv/tenants:/t:ro proxy:1
docker exec -d -u 0 --privileged proxy sleep 10000
