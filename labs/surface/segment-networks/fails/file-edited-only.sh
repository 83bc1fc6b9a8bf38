#!/bin/bash
# fails: outside-closed open-outside
# fails: own-networks default-bridge
# fails: survives-reboot still-flat
# The file is right, the containers are the old ones.
set -euo pipefail
cd /srv/stack
sed -i -e '/network_mode/d' -e '/6379:6379/d' -e "s/'8081:80'/'127.0.0.1:8081:80'/" compose.yaml
