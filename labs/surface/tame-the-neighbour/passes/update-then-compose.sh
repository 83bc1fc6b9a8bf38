#!/bin/bash
# What cannot be changed in place comes from Compose; the limits are set on the running container, and written down for next time.
cd /srv/stack
sed -i '/image: lab\/thumbs/a\    read_only: true\n    tmpfs: ["/tmp:size=16m"]\n    ulimits: {nofile: {soft: 512, hard: 1024}}\n    logging: {driver: local, options: {max-size: 5m, max-file: "2"}}' compose.yaml
docker compose up -d thumbs
docker update --memory 128m --memory-swap 128m --cpus 0.5 --pids-limit 100 --restart on-failure:5 thumbs
sed -i '/image: lab\/thumbs/a\    mem_limit: 128m\n    memswap_limit: 128m\n    cpus: 0.5\n    pids_limit: 100' compose.yaml
sed -i '/thumbs:$/,$s/restart: always/restart: on-failure:5/' compose.yaml
docker compose config --quiet
