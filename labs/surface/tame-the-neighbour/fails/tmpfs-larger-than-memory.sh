#!/bin/bash
# fails: disk-limit tmpfs-eats-memory
# A full tmpfs leaves the service nothing of its memory.
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 \
  --memory 64m --memory-swap 64m \
  --cpus 0.4 \
  --pids-limit 64 \
  --read-only --tmpfs /tmp:size=64m \
  --log-opt max-size=5m --log-opt max-file=2 \
  --restart on-failure:3 \
  --ulimit nofile=1024 \
  lab/thumbs:1.0
