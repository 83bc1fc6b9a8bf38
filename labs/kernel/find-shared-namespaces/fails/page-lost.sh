#!/bin/bash
# fails: own-mnt page-missing
# The mount with the page went together with the other one.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -p "810$n:80" lab/app web "web-$n"
done
