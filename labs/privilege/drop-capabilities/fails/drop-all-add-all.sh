#!/bin/bash
# fails: minimal-capabilities too-many-capabilities
# fails: tenants-apart tenant-read
# fails: no-raw-network raw-network
set -euo pipefail
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --cap-drop ALL --cap-add ALL --security-opt no-new-privileges -v /srv/tenants:/t:ro proxy:1
