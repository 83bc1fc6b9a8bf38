#!/bin/bash
# fails: automatic unsigned-installed
# A daily job that takes the highest number in the folder, and never asks who has signed for it.
set -euo pipefail
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
mkdir -p /etc/apt/keyrings
cp /srv/apt/lab.asc /etc/apt/keyrings/lab.asc
echo 'deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
apt-get update -qq
apt-get install --yes -qq runc > /dev/null
cat > /etc/cron.daily/runc <<'END'
#!/bin/sh
dpkg --install "$(ls /srv/apt/runc_*.deb | sort --version-sort | tail -n 1)"
END
chmod 755 /etc/cron.daily/runc
