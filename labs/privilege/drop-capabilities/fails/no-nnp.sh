#!/bin/bash
# fails: no-new-rights new-privileges
# Dropping all capabilities does not stop a setuid program.
set -euo pipefail
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --user 33:2001 --cap-drop ALL -v /srv/tenants:/t:ro proxy:1
