#!/bin/bash
set -euo pipefail
/bake/ingredients/app/install.sh
cp /usr/local/bin/sysprobe /srv/proxy/sysprobe
docker build --quiet --tag proxy:1 /srv/proxy
