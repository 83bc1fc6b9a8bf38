#!/bin/bash
# Docker's `local` log driver rotates by itself.
cd /srv/stack
cat >compose.override.yaml <<'YAML'
services:
  thumbs:
    mem_limit: 200m
    memswap_limit: 200m
    cpus: '0.25'
    pids_limit: 32
    read_only: true
    tmpfs: ['/tmp:size=64m,mode=1777']
    ulimits: {nofile: {soft: 100, hard: 200}}
    logging: {driver: local}
    restart: on-failure:1
YAML
docker compose up -d
