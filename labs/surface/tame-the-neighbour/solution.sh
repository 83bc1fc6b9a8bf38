#!/bin/bash
cd /srv/stack
cat >compose.yaml <<'YAML'
services:
  checkout:
    image: lab/checkout:1.0
    container_name: checkout
    labels:
      lab.role: checkout
    ports:
      - '8080:8080'
    environment:
      FLAG: ${FLAG}
    restart: always

  thumbs:
    image: lab/thumbs:1.0
    container_name: thumbs
    labels:
      lab.role: thumbs
    ports:
      - '8083:8083'
    mem_limit: 128m
    memswap_limit: 128m
    cpus: 0.4
    pids_limit: 64
    ulimits:
      nofile: 1024
    read_only: true
    tmpfs:
      - /tmp:size=32m
    logging:
      driver: json-file
      options:
        max-size: 5m
        max-file: '2'
    restart: on-failure:3
YAML
docker compose up -d
