#!/bin/bash
# fails: metrics-without-proc foreign-processes
# The pid namespace of the container whose secret is at stake.
set -euo pipefail
docker rm -f metrics
docker run -d --name metrics --label lab.role=metrics -p 8093:80 --pid=container:vault lab/metrics
