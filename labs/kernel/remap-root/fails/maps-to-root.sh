#!/bin/bash
# fails: remap root-is-host-root
# fails: setuid-dead setuid-root
# A user namespace that translates 0 to 0.
set -euo pipefail
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
useradd --system --no-create-home labmap
echo 'labmap:0:65536' | tee /etc/subuid > /etc/subgid
echo '{ "userns-remap": "labmap" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
sed -i 's/ --userns=host//' /srv/erp/start.sh
/srv/erp/start.sh
