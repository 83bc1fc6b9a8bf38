#!/bin/bash
# fails: memory-limit memory-unlimited
# fails: cpu-limit cpu-unlimited
# fails: process-limit pids-unlimited
# fails: disk-limit files-unbounded
# fails: restart-policy restart-always
# fails: both-services not-limited
# fails: ulimits ulimits-open
# The file is right, but the container was only restarted, not made anew.
cd /srv/stack
cat >compose.override.yaml <<'YAML'
services:
  thumbs:
    mem_limit: 128m
    memswap_limit: 128m
    cpus: 0.4
    pids_limit: 64
    read_only: true
    tmpfs: ['/tmp:size=32m']
    ulimits: {nofile: 1024}
    logging: {options: {max-size: 5m, max-file: '2'}}
    restart: on-failure:3
YAML
docker compose restart thumbs
