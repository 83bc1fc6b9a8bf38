#!/bin/bash
# fails: still-monitors image-changed
# All layers in one: nothing to compare with the delivery.

docker export node-agent | docker import --change 'CMD ["/agent/start"]' - lab/flat
docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/flat
