#!/bin/bash
set -euo pipefail
install -D --mode=644 <(echo "$SCHOTT_FLAG") /srv/report-secret/flag
mkdir -p /srv/reports
for number in 4 1 3 2; do
  digest=$(printf '%s:ship:%s' "$SCHOTT_SEED" "$number" | sha256sum)
  echo "berth $number;imo 9${digest:0:6};departed"
done >/srv/reports/quay-north.csv
bash /srv/report/run.sh >/dev/null
