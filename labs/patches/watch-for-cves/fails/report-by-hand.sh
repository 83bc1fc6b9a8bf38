#!/bin/bash
# fails: rescans report-malformed
# Trivy’s own JSON, under the name of the report.
set -euo pipefail
. /etc/profile.d/trivy.sh
trivy image --quiet --scanners vuln --format json registry.lab:5000/harbour/shop:latest >/srv/watch/report.json
