#!/bin/bash
# fails: runtime old-runtime
# The package is new, but Docker still starts a copy of the old program.
set -euo pipefail
mkdir -p /etc/apt/keyrings
cp /srv/apt/lab.asc /etc/apt/keyrings/lab.asc
echo 'deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
apt-get update -qq
apt-get install --yes -qq runc > /dev/null
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
cp /usr/lib/schott/programs/runc /opt/old-runc
echo '{ "live-restore": true, "default-runtime": "old", "runtimes": { "old": { "path": "/opt/old-runc" } } }' > /etc/docker/daemon.json
systemctl restart docker
