#!/bin/bash
# Starts the node agent, as its vendor's manual says. Replaces one that is already there.
docker rm --force node-agent 2>/dev/null

docker run --detach --name node-agent --label lab.role=agent --restart=unless-stopped \
  --privileged \
  --pid=host \
  --network=host \
  -v /:/rootfs \
  lab/agent
