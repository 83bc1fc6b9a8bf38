#!/bin/bash
# fails: own-net not-genuine
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  docker run -d --name "web-$n" --label "lab.role=web-$n" -e APP_RUN=1 -p "810$n:80" -v "/srv/web-$n:/www:ro" lab/app web "web-$n"
done
