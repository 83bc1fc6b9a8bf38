#!/bin/bash
# fails: runtime not-a-package
# fails: shop upgrade-first
# fails: automatic upgrade-first
# The new one stands beside the old one as another runtime and is the default; the package is still the old one.
set -euo pipefail
mkdir -p /etc/apt/keyrings
cp /srv/apt/lab.asc /etc/apt/keyrings/lab.asc
echo 'deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
apt-get update -qq
dpkg-deb --extract /srv/apt/runc_*.deb /opt/runc
echo '{ "live-restore": true, "default-runtime": "new", "runtimes": { "new": { "path": "/opt/runc/usr/sbin/runc" } } }' > /etc/docker/daemon.json
systemctl restart docker
