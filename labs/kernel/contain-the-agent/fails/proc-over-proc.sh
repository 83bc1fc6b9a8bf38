#!/bin/bash
# fails: own-pid-namespace foreign-processes
# A pid namespace of its own, but the /proc of the Docker host.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /proc:/proc -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
