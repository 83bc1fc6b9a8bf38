#!/bin/bash
# fails: remap root-is-host-root
# fails: data-kept root-is-host-root
# fails: setuid-dead setuid-root
# fails: no-opt-outs opts-out
# The daemon translates, the container that matters does not take part.
set -euo pipefail
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
chown -R 100000:100000 /srv/legacy
docker run -d --name erp --label lab.role=erp --restart=unless-stopped --userns=host -p 8080:80 -v /srv/legacy:/data lab/erp
docker run -d --name desk --label lab.role=desk --restart=unless-stopped -p 8081:80 -v /srv/legacy:/data:ro lab/erp desk
sleep 1
chown -R 100000:100000 /srv/legacy
