#!/bin/bash
# fails: still-monitors data-not-measured
# A copy does not grow.

docker rm --force node-agent
docker volume create copy
cp -a /srv/data/. /var/lib/docker/volumes/copy/_data/
docker run -d --name node-agent --label lab.role=agent -v copy:/rootfs/srv/data:ro -p 9100:9100 lab/agent
