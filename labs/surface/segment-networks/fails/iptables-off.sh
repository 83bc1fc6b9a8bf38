#!/bin/bash
# fails: outside-closed not-answering
# fails: own-networks default-bridge
# Docker without its rules: nothing is redirected any more, and nothing separated.
set -euo pipefail
mkdir -p /etc/docker
echo '{ "iptables": false }' >/etc/docker/daemon.json
systemctl restart docker
