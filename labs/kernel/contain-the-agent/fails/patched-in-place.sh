#!/bin/bash
# fails: still-monitors image-changed
# fails: not-privileged diagnostics-changed
# The injection is cut out of the running container, whose image stays as it was.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
docker exec node-agent sed -i 's/^  sh -c .*/  uptime/' /agent/answer
