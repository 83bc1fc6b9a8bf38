#!/bin/bash
# fails: own-pid-namespace foreign-processes
# fails: no-host-root host-files
# Everything dangerous moves to a sidecar, whose root the agent sees in /proc.

docker rm --force node-agent
docker run -d --name sidecar -v /:/host lab/bb sleep 100000
docker run -d --name node-agent --label lab.role=agent --pid=container:sidecar -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
