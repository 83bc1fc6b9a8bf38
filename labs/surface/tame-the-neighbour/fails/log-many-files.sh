#!/bin/bash
# fails: disk-limit log-unbounded
# Rotation that keeps 100 MB.
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 \
  --memory 128m --memory-swap 128m \
  --cpus 0.4 \
  --pids-limit 64 \
  --read-only --tmpfs /tmp:size=32m \
  --log-opt max-size=10m --log-opt max-file=10 \
  --restart on-failure:3 \
  --ulimit nofile=1024 \
  lab/thumbs:1.0
