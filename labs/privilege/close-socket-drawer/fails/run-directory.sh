#!/bin/bash
# fails: dash-without-power socket-mounted
# fails: proxy-hidden dash-first
# Not the socket, but the folder in which it lies.
set -euo pipefail
docker rm -f dash backup metrics >/dev/null
docker run -d --name dash --label lab.role=dash -p 8091:80 -v /var/run:/host-run:ro -e DOCKER_API=unix:///host-run/docker.sock lab/dash
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
