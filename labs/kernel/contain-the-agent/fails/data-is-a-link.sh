#!/bin/bash
# fails: no-host-root host-files
# On the Docker host, /srv/data becomes a link to the root.

docker rm --force node-agent
mv /srv/data /srv/data.real
ln -s / /srv/data
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
