#!/bin/sh
# Starts the shop. Its key lies in a file that only root reads.
docker run --detach --name shop --label lab.role=shop --restart unless-stopped --publish 8080:80 --env-file /srv/shop/key.env lab/app web shop
