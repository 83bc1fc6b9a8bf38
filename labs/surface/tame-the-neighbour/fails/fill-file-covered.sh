#!/bin/bash
# fails: disk-limit files-unbounded
# A small tmpfs lies over the very file that the bug writes; the rest of / stays open.
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 \
  --memory 128m --memory-swap 128m \
  --cpus 0.4 \
  --pids-limit 64 \
  --tmpfs /fill.dat:size=8m --tmpfs /tmp:size=32m \
  --log-opt max-size=5m --log-opt max-file=2 \
  --restart on-failure:3 \
  --ulimit nofile=1024 \
  lab/thumbs:1.0
