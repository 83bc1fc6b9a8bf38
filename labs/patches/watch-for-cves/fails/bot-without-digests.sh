#!/bin/bash
# fails: update-bot bot-no-digests
# The recommended preset alone follows versions and leaves digests alone.
set -euo pipefail
echo '{ "extends": ["config:recommended"], "schedule": ["* 0-5 * * 1"] }' >/srv/harbour/renovate.json
