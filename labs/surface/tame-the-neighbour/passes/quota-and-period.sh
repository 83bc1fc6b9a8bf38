#!/bin/bash
# The processor limit in its older spelling, the smallest memory limit, logging switched off.
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 \
  --memory 48m --memory-swap 60m \
  --cpu-period 50000 --cpu-quota 10000 \
  --pids-limit 64 \
  --read-only --tmpfs /tmp:size=16m \
  --log-driver none \
  --restart on-failure:3 \
  --ulimit nofile=1024 \
  lab/thumbs:1.0
