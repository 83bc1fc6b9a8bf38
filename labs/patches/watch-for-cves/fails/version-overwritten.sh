#!/bin/bash
# fails: shop-updated no-way-back
# The mended shop is published under the old version as well.
set -euo pipefail
docker pull -q registry.lab:5000/harbour/shop:1.2.1
docker tag registry.lab:5000/harbour/shop:1.2.1 registry.lab:5000/harbour/shop:1.2.0
docker push -q registry.lab:5000/harbour/shop:1.2.0
sed -i 's|shop:latest|shop:1.2.0|' /srv/harbour/compose.yaml
docker compose -f /srv/harbour/compose.yaml up -d
