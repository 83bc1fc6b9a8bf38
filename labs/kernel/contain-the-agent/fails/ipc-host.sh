#!/bin/bash
# fails: no-host-root host-files
# The shared memory of the Docker host is a directory of the host, too.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --ipc=host -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
