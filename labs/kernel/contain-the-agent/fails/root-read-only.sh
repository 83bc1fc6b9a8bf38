#!/bin/bash
# fails: no-host-root host-files
# Read-only protects nothing from being read.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /:/rootfs:ro -p 9100:9100 lab/agent
