#!/bin/bash
# Outside it must be 9100; which port the agent has inside is nobody's business.
docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:8080 lab/agent /agent/start 8080
