#!/bin/bash
# fails: dash-without-power socket-mounted
# A second socket of the daemon, at an innocent place.
set -euo pipefail
echo 'DOCKER_OPTS="-H unix:///var/run/docker.sock -H unix:///srv/status/api.sock"' >/etc/default/docker
mkdir -p /srv/status
systemctl restart docker
docker rm -f dash backup metrics >/dev/null
docker run -d --name dash --label lab.role=dash -p 8091:80 -v /srv/status:/status -e DOCKER_API=unix:///status/api.sock lab/dash
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
