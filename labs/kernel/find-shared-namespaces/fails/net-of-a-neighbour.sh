#!/bin/bash
# fails: own-net shared-with-neighbour
# Two websites in one network: what listens on 127.0.0.1 of one is open to the other.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -p "810$n:80" -v "/srv/web-$n:/www:ro" lab/app web "web-$n"
done
docker rm -f web-3 web-4
docker run -d --name web-3 --label lab.role=web-3 --env-file /srv/web.env -p 8103:80 -p 8104:8104 -v /srv/web-3:/www:ro lab/app web web-3
docker run -d --name web-4 --label lab.role=web-4 --env-file /srv/web.env --network=container:web-3 -v /srv/web-4:/www:ro lab/app web web-4 8104
