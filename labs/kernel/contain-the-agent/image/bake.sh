#!/bin/bash
# Builds the vendor's image and records what it consists of, so that a rebuilt one can be told apart.
set -euo pipefail

docker build --quiet --tag lab/agent agent
mkdir -p /usr/lib/schott
docker image inspect lab/agent | jq '{ "lab/agent": .[0].RootFS.Layers }' >/usr/lib/schott/lab-images.json

mkdir -p /srv/data
head -c 20M /dev/zero >/srv/data/blob
