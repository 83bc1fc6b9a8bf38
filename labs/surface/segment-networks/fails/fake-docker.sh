#!/bin/bash
# fails: outside-closed open-outside
# fails: own-networks default-bridge
# Tools that say what one would like to hear.
set -euo pipefail
printf '#!/bin/sh\necho internal\n' >/usr/local/bin/docker
cp /usr/local/bin/docker /usr/local/sbin/iptables
chmod 755 /usr/local/bin/docker /usr/local/sbin/iptables
