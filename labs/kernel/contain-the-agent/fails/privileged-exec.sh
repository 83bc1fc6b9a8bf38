#!/bin/bash
# fails: not-privileged capabilities-left
# The container is clean, but a process was let into it with all rights.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
docker exec --detach --privileged node-agent sleep 100000
