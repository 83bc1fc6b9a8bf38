#!/bin/bash
# fails: update-bot bot-ignores
# A bot by the book, with a rule that leaves out every image.
set -euo pipefail
cat >/srv/harbour/renovate.json <<'END'
{
  "extends": ["config:best-practices", "schedule:weekly"],
  "packageRules": [{ "matchManagers": ["docker-compose"], "enabled": false }]
}
END
