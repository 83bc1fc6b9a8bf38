#!/bin/bash
# fails: data-kept data-of-host
# fails: still-root self-test-failed
# Made it work with chmod instead of chown.
set -euo pipefail
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
mv /srv/legacy/spool /srv/legacy/spool.old
chmod -R 777 /srv/legacy
sed -i 's/ --userns=host//' /srv/erp/start.sh
/srv/erp/start.sh
sleep 1
chown 100033:100000 /srv/legacy/spool
chmod 700 /srv/legacy/spool
chown 33:33 /srv/legacy/spool
