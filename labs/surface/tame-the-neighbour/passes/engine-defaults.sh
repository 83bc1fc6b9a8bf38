#!/bin/bash
# Log rotation and ulimits as defaults of the engine, for every container that is made from now on.
cat >/etc/docker/daemon.json <<'JSON'
{
  "log-driver": "json-file",
  "log-opts": { "max-size": "4m", "max-file": "3" },
  "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 512, "Hard": 1024 } }
}
JSON
systemctl restart docker
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 \
  --memory 128m --memory-swap 128m \
  --cpus 0.4 \
  --pids-limit 64 \
  --read-only --tmpfs /tmp:size=32m \
  --restart on-failure:3 \
  lab/thumbs:1.0
