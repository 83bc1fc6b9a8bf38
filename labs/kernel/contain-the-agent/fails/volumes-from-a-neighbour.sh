#!/bin/bash
# fails: no-host-root host-files
# The mount comes from another container.

docker rm --force node-agent
docker create --name storage -v /:/rootfs:ro lab/bb true
docker run -d --name node-agent --label lab.role=agent --volumes-from storage -p 9100:9100 lab/agent
