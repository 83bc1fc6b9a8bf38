#!/bin/bash
# fails: own-pid-namespace host-processes

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --pid=host -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
