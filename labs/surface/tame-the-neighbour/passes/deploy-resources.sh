#!/bin/bash
# The limits in Compose's `deploy` section.
cd /srv/stack
cat >compose.override.yaml <<'YAML'
services:
  thumbs:
    restart: !reset null
    memswap_limit: 150m
    read_only: true
    tmpfs: ['/tmp:size=24m']
    ulimits: {nproc: 200}
    logging: {options: {max-size: 10m, max-file: '2'}}
    deploy:
      resources:
        limits: {cpus: '0.3', memory: 100m, pids: 40}
      restart_policy: {condition: on-failure, max_attempts: 5}
YAML
docker compose up -d
