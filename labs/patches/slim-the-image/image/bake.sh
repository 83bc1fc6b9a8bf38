#!/bin/bash
set -euo pipefail
for ingredient in node22 trivy; do "ingredients/$ingredient/install.sh"; done
node=$PWD/ingredients/node22/npm/node22/bin/node
./make-debian-full.sh "$node"
./make-distroless-node.sh "$node"
docker build --quiet --tag report:1.0 /srv/report
