#!/bin/bash
# Switched on first, noticed the missing image, went back for it. The setting is a start option.
set -euo pipefail
echo 'DOCKER_OPTS="--userns-remap=default"' > /etc/default/docker
systemctl restart docker
docker image inspect lab/erp && exit 1
echo 'DOCKER_OPTS=""' > /etc/default/docker
systemctl restart docker
docker save -o /root/erp.tar lab/erp
echo 'DOCKER_OPTS="--userns-remap=default"' > /etc/default/docker
systemctl restart docker
docker load -i /root/erp.tar
find /srv/legacy -uid 0 -exec chown 100000:100000 {} +
chown -R 100033:100033 /srv/legacy/spool
docker run -d --name erp --label lab.role=erp --restart=always -p 8080:80 -v /srv/legacy:/data lab/erp
docker run -d --name desk --label lab.role=desk --restart=always -p 8081:80 -v /srv/legacy:/data:ro --cap-drop ALL --read-only lab/erp desk
