#!/bin/bash
set -euo pipefail

# First see to it that containers outlive the daemon. A reload takes this setting over, nothing is restarted.
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
sleep 1
docker info --format '{{.LiveRestoreEnabled}}'

# The source, with the one key that vouches for it.
mkdir -p /etc/apt/keyrings
cp /srv/apt/lab.asc /etc/apt/keyrings/lab.asc
echo 'deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
apt-get update
apt-get install --yes runc
docker info --format '{{.RuncCommit.ID}}'

# And the next one by itself.
cat > /etc/apt/apt.conf.d/20auto-upgrades <<'END'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
END
cat > /etc/apt/apt.conf.d/52kontor <<'END'
Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };
END
