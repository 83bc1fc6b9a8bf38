#!/bin/bash
# fails: no-host-root data-writable

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data -p 9100:9100 lab/agent
