#!/bin/bash
# fails: memory-limit memory-not-enforced
# fails: cpu-limit bugs-gone
# fails: process-limit bugs-gone
# What bears the label is a well-limited forwarder; the culprit goes on behind it, under another image, without limits.
docker rm --force thumbs
docker network create back
docker create --name original lab/thumbs:1.0
docker export original | docker import - helper:1
docker rm original
docker run --detach --name helper --network back --restart always helper:1 thumbs
docker tag lab/bb forwarder:1
docker run --detach --name thumbs --label lab.role=thumbs --network back --publish 8083:8083 --init \
  --memory 128m --memory-swap 128m --cpus 0.4 --pids-limit 64 --read-only --tmpfs /tmp:size=32m \
  --log-opt max-size=5m --log-opt max-file=2 --restart on-failure:3 \
  forwarder:1 nc -ll -p 8083 -e nc helper 8083
