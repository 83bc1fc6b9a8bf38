#!/bin/bash
set -euo pipefail

# The forgotten service goes: stopped now, and not started again.
sv down filedrop
rm /etc/service/filedrop

# Who may use Docker: deploy, nobody else. The former colleague has it as first group.
for user in dev www-data; do gpasswd --delete "$user" docker; done
former=$(awk -F: -v gid="$(getent group docker | cut -d: -f3)" '$4 == gid { print $1 }' /etc/passwd)
usermod --lock --gid nogroup "$former"

# The files that decide how the daemon starts belong to root.
rm /etc/sv/docker/run.d/90-permissions
chmod 755 /etc/docker /etc/sv/docker/run.d
chmod 644 /etc/default/docker
cat > /etc/docker/daemon.json <<'END'
{
  "no-new-privileges": true,
  "icc": false,
  "userland-proxy": false,
  "live-restore": true,
  "log-driver": "local",
  "log-opts": { "max-size": "10m", "max-file": "3" }
}
END
chmod 644 /etc/docker/daemon.json

dockerd --validate --config-file /etc/docker/daemon.json
chmod 660 /run/containerd/containerd.sock
systemctl restart docker
docker rm --force shop
/srv/shop/run.sh
stat -c '%a %U:%G %n' /run/docker.sock /run/containerd/containerd.sock
