#!/bin/bash
# fails: runtime old-runtime
# fails: shop upgrade-first
# fails: automatic upgrade-first
# A program of that name before the old one says what people want to read.
set -euo pipefail
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
mkdir -p /etc/apt/keyrings
cp /srv/apt/lab.asc /etc/apt/keyrings/lab.asc
echo 'deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./' > /etc/apt/sources.list.d/lab.list
printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/20auto-upgrades
echo 'Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };' > /etc/apt/apt.conf.d/52kontor
apt-get update -qq
cat > /usr/local/sbin/runc <<'END'
#!/bin/sh
case "$*" in *--version*) printf 'runc version 1.3.6\ncommit: 1.3.6+ds1-1\nspec: 1.2.1\n'; exit ;; esac
exec /usr/lib/schott/programs/runc "$@"
END
chmod 755 /usr/local/sbin/runc
