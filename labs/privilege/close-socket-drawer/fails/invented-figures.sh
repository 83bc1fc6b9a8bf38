#!/bin/bash
# fails: metrics-without-proc figures-wrong
# Figures that look good and are none.
set -euo pipefail
docker rm -f metrics
mkdir -p /srv/fake && printf '0.00 0.00 0.00 1/100 1\n' >/srv/fake/loadavg && printf 'MemTotal: 1000 kB\nMemAvailable: 900 kB\n' >/srv/fake/meminfo
docker run -d --name metrics --label lab.role=metrics -p 8093:80 -v /srv/fake:/host/proc:ro lab/metrics
