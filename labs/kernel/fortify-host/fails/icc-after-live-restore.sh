#!/bin/bash
# fails: daemon-baseline neighbours-talk
# live-restore first, the rest later: the daemon leaves the bridge alone while a container runs through its restart.
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
echo '{ "no-new-privileges": true, "icc": false, "userland-proxy": false, "live-restore": true, "log-driver": "local" }' > /etc/docker/daemon.json
systemctl restart docker
docker rm --force shop
/srv/shop/run.sh
