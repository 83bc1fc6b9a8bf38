#!/bin/bash
# The pages become part of the images or lie in volumes; nothing of the host is mounted any more.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  if [ "$n" -lt 4 ]; then
    printf 'FROM lab/app\nCOPY index.html /www/\nCMD ["web", "web-%s"]\n' "$n" | docker build -t "pier:$n" -f - "/srv/web-$n"
    docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -p "810$n:80" "pier:$n"
  else
    docker volume create "pages-$n"
    cp "/srv/web-$n/index.html" "$(docker volume inspect -f '{{.Mountpoint}}' "pages-$n")/"
    docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -p "810$n:80" -v "pages-$n:/www:ro" lab/app web "web-$n"
  fi
done
