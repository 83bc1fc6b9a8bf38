#!/bin/bash
# fails: remap group-is-host-group
# Users are translated, groups are not: a program with the setgid bit still lends group 0.
set -euo pipefail
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo 'dockremap:100000:65536' > /etc/subuid
echo 'dockremap:0:65536' > /etc/subgid
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
chown -R 100000:0 /srv/legacy
sed -i 's/ --userns=host//' /srv/erp/start.sh
/srv/erp/start.sh
