#!/bin/bash
# fails: own-pid role-twice
# fails: own-net role-twice
# fails: own-ipc role-twice
# fails: own-uts role-twice
# fails: own-mnt role-twice
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -p "810$n:80" -v "/srv/web-$n:/www:ro" lab/app web "web-$n"
done
docker run -d --name web-4-clean --label lab.role=web-4 lab/bb sleep 100000
