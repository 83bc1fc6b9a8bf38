#!/bin/bash
# Starts the shop. Its orders lie in the volume "orders".
set -euo pipefail
docker run --detach --name shop --label lab.role=shop --restart unless-stopped --publish 8080:80 --volume orders:/data --env-file /srv/shop/shop.env lab/app web shop
