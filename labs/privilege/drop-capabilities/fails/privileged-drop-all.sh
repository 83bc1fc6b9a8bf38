#!/bin/bash
# fails: minimal-capabilities too-many-capabilities
# With --privileged Docker does not listen to --cap-drop.
set -euo pipefail
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --user 33:2001 --cap-drop ALL --security-opt no-new-privileges --privileged -v /srv/tenants:/t:ro proxy:1
