#!/bin/bash
# fails: runtime foreign-runtime
# fails: shop upgrade-first
# fails: automatic upgrade-first
# A package of one’s own, with a higher version and a program that nobody else has.
set -euo pipefail
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
mkdir -p /etc/apt/keyrings
cp /srv/apt/lab.asc /etc/apt/keyrings/lab.asc
echo 'deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
dpkg-deb --raw-extract /srv/apt/runc_*.deb /tmp/own
echo 'with a surprise' >> /tmp/own/usr/sbin/runc
sed -i 's/^Version: .*/Version: 9.0/' /tmp/own/DEBIAN/control
rm -f /tmp/own/DEBIAN/md5sums
dpkg-deb --build /tmp/own /tmp/own.deb > /dev/null
dpkg --install /tmp/own.deb > /dev/null
