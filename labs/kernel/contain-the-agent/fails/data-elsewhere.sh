#!/bin/bash
# fails: still-monitors data-not-measured
# The vendor looks below /rootfs.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/srv/data:ro -p 9100:9100 lab/agent
