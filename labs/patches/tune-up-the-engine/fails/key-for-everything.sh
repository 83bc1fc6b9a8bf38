#!/bin/bash
# fails: trusted-source no-signed-by
# The key lies where it vouches for every source.
set -euo pipefail
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
cp /srv/apt/lab.asc /etc/apt/trusted.gpg.d/lab.asc
echo 'deb file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
apt-get update -qq
apt-get install --yes -qq runc > /dev/null
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
