#!/bin/bash
# Starts the shop.
set -euo pipefail
docker run --detach --name shop --label lab.role=shop --restart unless-stopped --publish 8080:80 --env-file /srv/shop/shop.env lab/app web shop
