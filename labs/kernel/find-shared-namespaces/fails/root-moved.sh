#!/bin/bash
# fails: own-mnt host-files
# The secrets moved to a folder with a harmless name, which is mounted in their old place.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  extra=()
  [ "$n" != 4 ] || extra=(-v /opt/pages:/pages:ro)
  mkdir -p /opt/pages
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -p "810$n:80" -v "/srv/web-$n:/www:ro" "${extra[@]}" lab/app web "web-$n"
done
cp -a /root/. /opt/pages/
mount --bind /opt/pages /root
