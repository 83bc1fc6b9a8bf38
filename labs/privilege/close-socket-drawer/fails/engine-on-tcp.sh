#!/bin/bash
# fails: dash-without-power engine-power
# fails: proxy-hidden api-exposed
# No socket any more: the daemon itself listens on the network.
set -euo pipefail
echo 'DOCKER_OPTS="-H unix:///var/run/docker.sock -H tcp://0.0.0.0:2375 --tls=false"' >/etc/default/docker
systemctl restart docker
docker rm -f dash backup metrics >/dev/null
docker run -d --name dash --label lab.role=dash -p 8091:80 -e DOCKER_API=tcp://172.17.0.1:2375 lab/dash
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
