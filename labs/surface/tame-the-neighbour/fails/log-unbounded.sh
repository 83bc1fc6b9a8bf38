#!/bin/bash
# fails: disk-limit log-unbounded
# Files are bounded, standard output is not.
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 \
  --memory 128m --memory-swap 128m \
  --cpus 0.4 \
  --pids-limit 64 \
  --read-only --tmpfs /tmp:size=32m \
  --restart on-failure:3 \
  --ulimit nofile=1024 \
  lab/thumbs:1.0
