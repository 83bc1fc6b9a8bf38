#!/bin/bash
# fails: runtime not-a-package
# The program was taken out of the package and copied: dpkg knows nothing of it.
set -euo pipefail
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
mkdir -p /etc/apt/keyrings
cp /srv/apt/lab.asc /etc/apt/keyrings/lab.asc
echo 'deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
apt-get update -qq
dpkg-deb --extract /srv/apt/runc_*.deb /tmp/runc
rm /usr/sbin/runc
cp /tmp/runc/usr/sbin/runc /usr/sbin/runc
