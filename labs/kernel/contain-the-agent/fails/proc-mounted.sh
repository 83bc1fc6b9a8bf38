#!/bin/bash
# fails: no-host-root host-files
# As many manuals have it, "so that the agent sees the real figures".

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -v /proc:/host/proc:ro -p 9100:9100 lab/agent
