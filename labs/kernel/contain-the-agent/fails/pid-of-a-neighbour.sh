#!/bin/bash
# fails: own-pid-namespace host-processes
# The pid namespace of another container that has the host’s.

docker rm --force node-agent
docker run -d --name neighbour --pid=host lab/bb sleep 100000
docker run -d --name node-agent --label lab.role=agent --pid=container:neighbour -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
