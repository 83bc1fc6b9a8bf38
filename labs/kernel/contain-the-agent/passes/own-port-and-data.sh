#!/bin/bash
# Only what the agent needs: its directory, read-only, and its port. Neither the name nor the restart policy matters.
docker rm --force node-agent
docker run -d --name agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
