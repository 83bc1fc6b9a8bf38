#!/bin/bash
# A user and a range of one's own instead of dockremap's.
set -euo pipefail
docker save lab/erp | gzip > /root/erp.tar.gz
useradd --system --no-create-home --shell /usr/sbin/nologin kontor
sed -i '/^kontor:/d' /etc/subuid /etc/subgid
echo 'kontor:300000:65536' | tee -a /etc/subuid >> /etc/subgid
jq -n '{ "userns-remap": "kontor" }' > /etc/docker/daemon.json
docker stop erp desk
systemctl restart docker
docker load < /root/erp.tar.gz
chown -R 300000:300000 /srv/legacy
sed -i 's/--userns=host //' /srv/erp/start.sh
/srv/erp/start.sh
