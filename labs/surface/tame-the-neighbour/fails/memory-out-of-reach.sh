#!/bin/bash
# fails: memory-limit memory-too-large
# fails: both-services not-limited
# A limit that no machine here ever reaches.
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 \
  --memory 1000g --memory-swap 1000g \
  --cpus 0.4 \
  --pids-limit 64 \
  --read-only --tmpfs /tmp:size=32m \
  --log-opt max-size=5m --log-opt max-file=2 \
  --restart on-failure:3 \
  --ulimit nofile=1024 \
  lab/thumbs:1.0
