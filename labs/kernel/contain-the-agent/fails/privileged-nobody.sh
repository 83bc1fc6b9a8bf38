#!/bin/bash
# fails: not-privileged capabilities-left
# As nobody the effective set is empty, but the bounding set still lets a setuid program have everything.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --privileged --user 65534 -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
