#!/bin/bash
# fails: no-host-root host-files
# Whoever has the socket has the Docker host; read-only does not help.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -v /var/run/docker.sock:/var/run/docker.sock:ro -p 9100:9100 lab/agent
