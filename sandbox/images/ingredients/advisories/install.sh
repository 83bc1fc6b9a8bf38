#!/bin/bash
# Packs what was known on each day into /srv/advisories/DAY.tar.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p /srv/advisories
for day in days/*; do
  cp end-of-life.json "$day/"
  tar --create --file "/srv/advisories/${day#days/}.tar" --owner=0 --group=0 --directory "$day" db known-exploited.json end-of-life.json
done
