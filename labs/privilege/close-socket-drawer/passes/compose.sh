#!/bin/bash
set -euo pipefail
docker rm -f dash backup metrics vault
cat >/srv/helpers/compose.yaml <<'END'
services:
  proxy:
    image: lab/socket-proxy
    command: ['GET:/containers/json', 'GET:/_ping']
    networks: [socket]
    volumes: ['/var/run/docker.sock:/var/run/docker.sock']
  dash:
    image: lab/dash
    labels: { lab.role: dash }
    networks: [edge, socket]
    ports: ['8091:80']
    environment: { DOCKER_API: 'tcp://proxy:2375' }
    read_only: true
    cap_drop: [ALL]
    cap_add: [NET_BIND_SERVICE]
  backup:
    image: lab/backup
    labels: { lab.role: backup }
    ports: ['8092:80']
    volumes: ['/srv/data:/host/data:ro']
  metrics:
    image: lab/metrics
    labels: { lab.role: metrics }
    ports: ['8093:80']
    user: '65534:65534'
  vault:
    image: lab/vault
    labels: { lab.role: vault }
    env_file: vault.env
networks:
  edge:
  socket:
    internal: true
END
cd /srv/helpers && docker compose up -d
