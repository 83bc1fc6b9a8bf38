#!/bin/bash
# fails: memory-limit role-twice
# fails: both-services role-twice
# A well-limited twin beside the culprit, which goes on.
docker run --detach --name thumbs-limited --label lab.role=thumbs --publish 8084:8083 \
  --memory 128m --memory-swap 128m \
  --cpus 0.4 \
  --pids-limit 64 \
  --read-only --tmpfs /tmp:size=32m \
  --log-opt max-size=5m --log-opt max-file=2 \
  --restart on-failure:3 \
  --ulimit nofile=1024 \
  lab/thumbs:1.0
