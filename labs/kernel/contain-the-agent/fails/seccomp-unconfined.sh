#!/bin/bash
# fails: not-privileged seccomp-off
# Default capabilities, but no filter.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --security-opt seccomp=unconfined -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
