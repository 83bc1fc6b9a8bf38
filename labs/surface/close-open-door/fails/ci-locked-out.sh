#!/bin/bash
# fails: ci-deploys ci-user
# fails: survives-restart ci-user
# The door is bricked up, and CI stands outside.
set -euo pipefail
echo 'DOCKER_OPTS=""' >/etc/default/docker
echo DOCKER_HOST=unix:///var/run/docker.sock >/srv/ci/env
systemctl restart docker
