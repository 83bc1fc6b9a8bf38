#!/bin/bash
# fails: remap numbers-taken
# fails: setuid-dead setuid-root
# fails: data-kept data-of-host
# Root in the container becomes dev: whoever breaks in there can read dev's files.
set -euo pipefail
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo 'dockremap:1000:65536' | tee /etc/subuid > /etc/subgid
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
chown -R 1000:1000 /srv/legacy
sed -i 's/ --userns=host//' /srv/erp/start.sh
/srv/erp/start.sh
