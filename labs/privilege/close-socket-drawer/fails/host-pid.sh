#!/bin/bash
# fails: metrics-without-proc foreign-processes
# No mount: the host’s pid namespace instead.
set -euo pipefail
docker rm -f metrics
docker run -d --name metrics --label lab.role=metrics -p 8093:80 --pid=host lab/metrics
