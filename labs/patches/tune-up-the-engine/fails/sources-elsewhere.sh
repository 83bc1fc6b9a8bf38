#!/bin/bash
# fails: trusted-source signature-optional
# What is in /etc/apt looks right, but a setting sends apt to another folder, where nothing is checked.
set -euo pipefail
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
mkdir -p /etc/apt/keyrings
cp /srv/apt/lab.asc /etc/apt/keyrings/lab.asc
echo 'deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
mkdir /opt/sources
echo 'deb [trusted=yes] file:/srv/apt ./' > /opt/sources/any.list
echo 'Dir::Etc::sourceparts "/opt/sources";' > /etc/apt/apt.conf.d/20where
apt-get update -qq
apt-get install --yes -qq runc > /dev/null
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
