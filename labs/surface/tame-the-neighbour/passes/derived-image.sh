#!/bin/bash
# An image of our own on top: another user and another port inside.
mkdir /srv/image
cd /srv/image
printf 'FROM lab/thumbs:1.0\nUSER 65534:65534\nENV PORT=8000\n' > Dockerfile
docker build --quiet --tag shop/thumbs:1.1 .
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8000 \
  --memory 128m --memory-swap 128m \
  --cpus 0.4 \
  --pids-limit 64 \
  --read-only --tmpfs /tmp:size=32m \
  --log-opt max-size=5m --log-opt max-file=2 \
  --restart on-failure:3 \
  --cap-drop ALL --ulimit nofile=1024 \
  shop/thumbs:1.1
