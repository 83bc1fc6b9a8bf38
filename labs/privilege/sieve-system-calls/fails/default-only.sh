#!/bin/bash
# fails: no-network-sockets network-sockets
# Docker's default profile is good, and leaves every family of sockets but one open.
set -euo pipefail
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs lab/render
