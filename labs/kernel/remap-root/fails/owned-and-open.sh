#!/bin/bash
# fails: data-kept data-open-to-all
# Changed the owner, and then opened it to everybody to be on the safe side.
set -euo pipefail
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
chown -R 100000:100000 /srv/legacy
chmod -R a+rwX /srv/legacy
sed -i 's/ --userns=host//' /srv/erp/start.sh
/srv/erp/start.sh
