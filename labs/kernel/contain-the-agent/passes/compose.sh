#!/bin/bash
docker rm --force node-agent
mkdir -p /root/agent
cat >/root/agent/compose.yaml <<'YAML'
services:
  agent:
    image: lab/agent
    restart: unless-stopped
    read_only: true
    cap_drop: [ALL]
    labels:
      lab.role: agent
    ports: ['9100:9100']
    volumes:
      - /srv/data:/rootfs/srv/data:ro
YAML
docker compose --project-directory /root/agent up --detach
