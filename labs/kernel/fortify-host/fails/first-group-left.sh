#!/bin/bash
# fails: trusted-users untrusted-user
# getent group docker no longer shows anybody but deploy; the former colleague has docker as first group.
set -euo pipefail

sv down filedrop
rm /etc/service/filedrop
for user in dev www-data; do gpasswd --delete "$user" docker; done
rm /etc/sv/docker/run.d/90-permissions
chmod 755 /etc/docker /etc/sv/docker/run.d
chmod 644 /etc/docker/daemon.json /etc/default/docker
echo '{ "no-new-privileges": true, "icc": false, "userland-proxy": false, "live-restore": true, "log-driver": "local" }' > /etc/docker/daemon.json
chmod 660 /run/containerd/containerd.sock
systemctl restart docker
docker rm --force shop
/srv/shop/run.sh
