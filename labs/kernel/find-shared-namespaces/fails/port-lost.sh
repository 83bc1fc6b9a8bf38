#!/bin/bash
# fails: own-net silent
# Out of the host's network, and nobody published the port.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  port=(-p "810$n:80")
  [ "$n" != 4 ] || port=()
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env "${port[@]}" -v "/srv/web-$n:/www:ro" lab/app web "web-$n"
done
