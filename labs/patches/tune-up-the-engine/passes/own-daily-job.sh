#!/bin/bash
# A daily job of its own that upgrades this one package, and no unattended-upgrades at all.
set -euo pipefail
echo '{ "live-restore": true }' > /etc/docker/daemon.json
systemctl reload docker
echo 'deb [signed-by=/etc/apt/keyrings/kontor.gpg] file:///srv/apt ./' > /etc/apt/sources.list
mkdir -p /etc/apt/keyrings
# Without the armour: four bytes of base64 are three of the key.
sed -n '/^$/,/^[=-]/p' /srv/apt/lab.asc | grep -v '^[=-]' | base64 --decode > /etc/apt/keyrings/kontor.gpg
apt-get update -qq
apt-get install --yes -qq runc > /dev/null
cat > /etc/cron.daily/runc <<'END'
#!/bin/sh
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq && apt-get install --only-upgrade --yes -qq runc
END
chmod 755 /etc/cron.daily/runc
