#!/bin/bash
# The key stands inside of the source, the shop moves to a network of its own, and the daemon was restarted once.
set -euo pipefail
{
  printf 'Types: deb\nURIs: file:/srv/apt\nSuites: ./\nSigned-By:\n'
  sed 's/^$/./; s/^/ /' /srv/apt/lab.asc
} > /etc/apt/sources.list.d/kontor.sources
apt-get update -qq
apt-get install --yes -qq runc > /dev/null
echo '{ "live-restore": true, "log-driver": "local" }' > /etc/docker/daemon.json
systemctl restart docker
docker network create harbour > /dev/null
docker rm --force shop > /dev/null
docker run --detach --name front --network harbour --label lab.role=shop --restart always --publish 8080:80 --volume orders:/data --env-file /srv/shop/shop.env lab/app web shop > /dev/null
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
