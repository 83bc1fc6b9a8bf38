#!/bin/bash
# fails: own-ipc host-ipc
# An ipc namespace of its own, and the host's memory put into it.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  extra=()
  [ "$n" != 4 ] || extra=(-v /dev/shm:/dev/shm)
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -p "810$n:80" -v "/srv/web-$n:/www:ro" "${extra[@]}" lab/app web "web-$n"
done
