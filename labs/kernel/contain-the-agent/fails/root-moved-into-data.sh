#!/bin/bash
# fails: no-host-root host-files
# Submounts come along with a bind mount.

docker rm --force node-agent
mkdir -p /srv/data/all
mount --bind / /srv/data/all
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
