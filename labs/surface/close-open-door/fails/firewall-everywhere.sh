#!/bin/bash
# fails: no-open-api door-hidden
# fails: survives-restart door-hidden
# dockerd goes on listening in the clear, behind a rule that the next boot forgets.
set -euo pipefail
iptables -I INPUT -p tcp --dport 2375 -j DROP
usermod --append --groups docker deploy
echo DOCKER_HOST=unix:///var/run/docker.sock >/srv/ci/env
