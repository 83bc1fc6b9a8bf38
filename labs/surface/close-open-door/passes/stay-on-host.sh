#!/bin/bash
# Who needs no door gets none: CI’s jobs run on this host as deploy.
set -euo pipefail
echo 'DOCKER_OPTS=""' >/etc/default/docker
usermod --append --groups docker deploy
echo DOCKER_HOST=unix:///var/run/docker.sock >/srv/ci/env
systemctl restart docker
