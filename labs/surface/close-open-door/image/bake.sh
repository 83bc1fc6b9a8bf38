#!/bin/bash
set -euo pipefail

/bake/ingredients/app/install.sh
# What many a host has for a proxy, with TLS and without.
dpkg -i /bake/debs/*.deb >/dev/null
# Whoever runs the CI jobs that stay on this host.
useradd --create-home --shell /bin/bash deploy
