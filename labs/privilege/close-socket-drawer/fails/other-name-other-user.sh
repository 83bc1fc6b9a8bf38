#!/bin/bash
# fails: dash-without-power socket-mounted
# fails: helpers-work mounts-left
# Another path, and not root: the group is enough for the daemon.
set -euo pipefail
docker rm -f dash backup metrics >/dev/null
docker run -d --name dash --label lab.role=dash -p 8091:80 -v /run/docker.sock:/tmp/x:ro -e DOCKER_API=unix:///tmp/x \
  --user 1000:1000 --group-add "$(stat -c %g /run/docker.sock)" lab/dash
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
