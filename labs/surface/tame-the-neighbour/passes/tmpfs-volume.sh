#!/bin/bash
# /tmp is a named volume that lies in memory and has a size.
docker volume create --driver local --opt type=tmpfs --opt device=tmpfs --opt o=size=20m,mode=1777 thumbs-tmp
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 \
  --memory 128m --memory-swap 128m \
  --cpus 0.4 \
  --pids-limit 64 \
  --read-only --volume thumbs-tmp:/tmp \
  --log-opt max-size=5m --log-opt max-file=2 \
  --restart on-failure:3 \
  --ulimit nofile=1024 \
  lab/thumbs:1.0
