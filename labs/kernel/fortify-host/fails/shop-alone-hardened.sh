#!/bin/bash
# fails: daemon-baseline new-privileges
# One container has it all; the next one will have the daemon's defaults.
set -euo pipefail

sv down filedrop
rm /etc/service/filedrop
for user in dev www-data; do gpasswd --delete "$user" docker; done
former=$(awk -F: -v gid="$(getent group docker | cut -d: -f3)" '$4 == gid { print $1 }' /etc/passwd)
usermod --gid nogroup "$former"
rm /etc/sv/docker/run.d/90-permissions
chmod 755 /etc/docker /etc/sv/docker/run.d
chmod 644 /etc/docker/daemon.json /etc/default/docker
echo '{ "live-restore": true }' > /etc/docker/daemon.json
chmod 660 /run/containerd/containerd.sock
systemctl restart docker
docker rm --force shop
docker network create shop-net
docker run --detach --name shop --label lab.role=shop --restart unless-stopped --publish 8080:80 --network shop-net --env-file /srv/shop/shop.env \
  --security-opt no-new-privileges --log-driver local lab/app web shop
