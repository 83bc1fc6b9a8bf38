#!/bin/bash
# fails: service-works pages-broken
# fails: tenants-apart pages-broken
# Without SETGID and SETUID the listener of port 80 cannot become 33 and ends.
set -euo pipefail
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --cap-drop ALL --security-opt no-new-privileges -v /srv/tenants:/t:ro proxy:1
