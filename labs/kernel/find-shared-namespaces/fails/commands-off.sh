#!/bin/bash
# fails: own-pid app-changed
# fails: own-mnt app-changed
# The program was changed, which is not ours to do.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -e APP_RUN=0 -p "810$n:80" -v "/srv/web-$n:/www:ro" lab/app web "web-$n"
done
