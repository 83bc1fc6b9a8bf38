#!/bin/bash
# fails: no-host-root host-files
# One directory too high.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv:/rootfs/srv:ro -p 9100:9100 lab/agent
