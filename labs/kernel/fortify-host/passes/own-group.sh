#!/bin/bash
# A new group holds the right; the old one means nothing any more. The start script is mended, the file drop only rests.
set -euo pipefail

touch /etc/sv/filedrop/down
sv down filedrop
groupadd --system dockeradm
gpasswd --add deploy dockeradm
userdel "$(awk -F: -v gid="$(getent group docker | cut -d: -f3)" '$4 == gid { print $1 }' /etc/passwd)"
cat > /etc/sv/docker/run.d/90-permissions <<'END'
#!/bin/sh
sleep 1
chmod 660 /run/docker.sock /run/containerd/containerd.sock
END
chmod -R go-w /etc/docker /etc/default/docker /etc/sv/docker
echo '{ "no-new-privileges": true, "icc": false, "userland-proxy": false, "live-restore": true, "log-driver": "local", "group": "dockeradm" }' > /etc/docker/daemon.json
chmod 660 /run/containerd/containerd.sock
systemctl restart docker
docker rm --force shop
/srv/shop/run.sh
