#!/bin/bash
# fails: no-host-root host-files
# A named volume that is the Docker host’s root.

docker rm --force node-agent
docker volume create --driver local --opt type=none --opt o=bind --opt device=/ everything
docker run -d --name node-agent --label lab.role=agent -v everything:/rootfs:ro -p 9100:9100 lab/agent
