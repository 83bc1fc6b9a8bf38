#!/bin/bash
# fails: process-limit pids-unlimited
# An ulimit counts per user, and not for one with the right capability.
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 \
  --memory 128m --memory-swap 128m \
  --cpus 0.4 \
  --read-only --tmpfs /tmp:size=32m \
  --log-opt max-size=5m --log-opt max-file=2 \
  --restart on-failure:3 \
  --ulimit nproc=100 \
  lab/thumbs:1.0
