#!/bin/bash
# fails: runtime old-runtime
# fails: shop upgrade-first
# fails: automatic upgrade-first
# Only the book-keeping was changed.
set -euo pipefail
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
mkdir -p /etc/apt/keyrings
cp /srv/apt/lab.asc /etc/apt/keyrings/lab.asc
echo 'deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
apt-get update -qq
version=$(dpkg-deb --field /srv/apt/runc_*.deb Version)
sed -i "/^Package: runc$/,/^$/s/^Version: .*/Version: $version/" /var/lib/dpkg/status
dpkg-query --show runc
