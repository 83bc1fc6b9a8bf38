#!/bin/bash
# fails: no-open-api door-open
# fails: survives-restart door-open
# 127.0.0.1 is also the address of every container with --network=host.
set -euo pipefail
sed -i 's/0.0.0.0/127.0.0.1/' /etc/default/docker
usermod --append --groups docker deploy
echo DOCKER_HOST=unix:///var/run/docker.sock >/srv/ci/env
systemctl restart docker
