#!/bin/bash
# fails: dash-without-power dash-blind
# fails: helpers-work dash-blind
# A list that was true once.
set -euo pipefail
docker rm -f dash backup metrics >/dev/null
mkdir -p /srv/status
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
docker ps --format json >/srv/status/containers.json
docker run -d --name dash --label lab.role=dash -p 8091:80 -v /srv/status:/status:ro -e CONTAINERS_FILE=/status/containers.json lab/dash
