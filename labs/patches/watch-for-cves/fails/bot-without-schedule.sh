#!/bin/bash
# fails: update-bot bot-no-schedule
# A schedule that no bot understands.
set -euo pipefail
echo '{ "extends": ["config:best-practices"], "schedule": ["sometimes"] }' >/srv/harbour/renovate.json
