#!/bin/bash
# Installs Debian's docker-registry as a service of this host and waits until it answers, so that bake.sh can push to it.
set -euo pipefail
cd "$(dirname "$0")"

# The package would start its own service.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
DEBIAN_FRONTEND=noninteractive dpkg --install debs/*.deb >/dev/null
rm /usr/sbin/policy-rc.d

cp -r files/. /
chmod 755 /etc/sv/registry/run
install --directory --owner=docker-registry --group=docker-registry /var/lib/registry
ln -s /etc/sv/registry /etc/service/registry

for _ in {1..150}; do
  ! curl --silent --fail --output /dev/null http://registry.lab:5000/v2/ || exit 0
  sleep 0.1
done
echo 'Cannot install the registry: it does not answer' >&2
tail /var/log/registry.log >&2
exit 1
