#!/bin/bash
# fails: no-host-root host-files
# On the Docker host, /srv/data itself becomes a view of /root.

docker rm --force node-agent
mount --bind /root /srv/data
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
