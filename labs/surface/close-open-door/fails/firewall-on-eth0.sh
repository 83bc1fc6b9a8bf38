#!/bin/bash
# fails: no-open-api door-open
# fails: containers-locked-out open-to-containers
# fails: survives-restart door-open
# A rule for the outer network card. Containers come in over docker0.
set -euo pipefail
iptables -I INPUT -i eth0 -p tcp --dport 2375 -j DROP
usermod --append --groups docker deploy
echo DOCKER_HOST=unix:///var/run/docker.sock >/srv/ci/env
