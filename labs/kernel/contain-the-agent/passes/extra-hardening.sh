#!/bin/bash
# The agent needs neither root nor a capability nor a writable root.
docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --restart=unless-stopped \
  --cap-drop ALL --read-only --user 65534 --security-opt no-new-privileges --pids-limit 64 --memory 64m --init \
  --mount type=bind,source=/srv/data,target=/rootfs/srv/data,readonly \
  --publish 9100:9100 \
  lab/agent
