#!/bin/bash
# fails: pinned unpinned
# fails: shop-updated exploit-works
# Pinned to what runs: a digest, and no version. What is vulnerable stays vulnerable.
set -euo pipefail
cd /srv/harbour
for service in tide crane board shop; do
  digest=$(docker image inspect -f '{{index .RepoDigests 0}}' registry.lab:5000/harbour/$service:latest)
  sed -i "s|harbour/$service:.*|harbour/$service:latest@${digest#*@}|" compose.yaml
done
docker compose up -d
