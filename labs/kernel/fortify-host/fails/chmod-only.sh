#!/bin/bash
# fails: restart-proof undone-by-restart
# The permissions are right until the next start: the script that opens them is still there.
set -euo pipefail

sv down filedrop
rm /etc/service/filedrop
for user in dev www-data; do gpasswd --delete "$user" docker; done
former=$(awk -F: -v gid="$(getent group docker | cut -d: -f3)" '$4 == gid { print $1 }' /etc/passwd)
usermod --gid nogroup "$former"
chmod 755 /etc/docker /etc/sv/docker/run.d
chmod 644 /etc/docker/daemon.json /etc/default/docker
echo '{ "no-new-privileges": true, "icc": false, "userland-proxy": false, "live-restore": true, "log-driver": "local" }' > /etc/docker/daemon.json
systemctl restart docker
docker rm --force shop
/srv/shop/run.sh
sleep 2
chmod 660 /run/docker.sock /run/containerd/containerd.sock
