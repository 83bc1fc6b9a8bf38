#!/bin/bash
# fails: filedrop-gone role-missing
# fails: shop-works role-missing
# Off is not hardened.
set -euo pipefail

sv down filedrop
rm /etc/service/filedrop
for user in dev www-data; do gpasswd --delete "$user" docker; done
former=$(awk -F: -v gid="$(getent group docker | cut -d: -f3)" '$4 == gid { print $1 }' /etc/passwd)
usermod --gid nogroup "$former"
rm /etc/sv/docker/run.d/90-permissions
chmod 755 /etc/docker /etc/sv/docker/run.d
chmod 644 /etc/docker/daemon.json /etc/default/docker
echo '{ "no-new-privileges": true, "icc": false, "userland-proxy": false, "live-restore": true, "log-driver": "local" }' > /etc/docker/daemon.json
chmod 660 /run/containerd/containerd.sock
systemctl restart docker
docker rm --force shop
/srv/shop/run.sh
docker rm --force shop
