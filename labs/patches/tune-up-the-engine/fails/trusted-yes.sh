#!/bin/bash
# fails: trusted-source signature-optional
# With trusted=yes nobody needs a key.
set -euo pipefail
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
echo 'deb [trusted=yes] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
apt-get update -qq
apt-get install --yes -qq runc > /dev/null
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
