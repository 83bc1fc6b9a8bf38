#!/bin/bash
# fails: dash-without-power role-missing
# fails: backup-without-etc role-missing
# fails: metrics-without-proc role-missing
# fails: proxy-hidden role-missing
# fails: helpers-work role-missing
set -euo pipefail
docker rm -f dash backup metrics
