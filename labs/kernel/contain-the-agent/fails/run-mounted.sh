#!/bin/bash
# fails: no-host-root host-files
# The socket once more, by its directory.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -v /var/run:/host/run:ro -p 9100:9100 lab/agent
