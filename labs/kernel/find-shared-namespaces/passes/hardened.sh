#!/bin/bash
# A network for each, another user, nothing writable, no memory to share at all.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  docker network create "net-$n"
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env --network "net-$n" -p "810$n:8000" -v "/srv/web-$n/index.html:/www/index.html:ro" \
    --user 65534:65534 --read-only --cap-drop ALL --security-opt no-new-privileges --ipc=none lab/app web "web-$n" 8000
done
