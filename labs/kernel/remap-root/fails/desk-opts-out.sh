#!/bin/bash
# fails: no-opt-outs opts-out
# The start script was not read to its end.
set -euo pipefail
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
chown -R 100000:100000 /srv/legacy
/srv/erp/start.sh
