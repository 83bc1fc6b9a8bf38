#!/bin/bash
# fails: metrics-without-proc proc-mounted
# fails: helpers-work mounts-left
# The same /proc at another place.
set -euo pipefail
docker rm -f metrics
docker run -d --name metrics --label lab.role=metrics -p 8093:80 -v /proc:/var/figures:ro lab/metrics
