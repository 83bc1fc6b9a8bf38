#!/bin/bash
# fails: setuid-dead leftover
# The program of the attack still lies there and belongs to the host's root.
set -euo pipefail
curl -s --data-binary @/usr/local/lib/helpers/suidsh 'http://127.0.0.1:8080/cgi-bin/upload?name=suidsh&mode=4755'
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
chown 100000:100000 /srv/legacy /srv/legacy/notes /srv/legacy/notes/* /srv/legacy/spool
sed -i 's/ --userns=host//' /srv/erp/start.sh
/srv/erp/start.sh
