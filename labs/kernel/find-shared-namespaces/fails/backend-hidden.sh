#!/bin/bash
# fails: own-pid host-pid
# Six clean fronts; behind one of them a container without label and port sees the host's processes.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -p "810$n:80" -v "/srv/web-$n:/www:ro" lab/app web "web-$n"
done
docker rm -f web-4
docker run -d --name backend --pid=host --env-file /srv/web.env -v /srv/web-4:/www:ro lab/app web web-4
address=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' backend)
docker run -d --name web-4 --label lab.role=web-4 -p 8104:80 --entrypoint nc lab/app -ll -p 80 -e nc "$address" 80
