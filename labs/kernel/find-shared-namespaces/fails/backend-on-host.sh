#!/bin/bash
# fails: own-pid ran-elsewhere
# fails: own-mnt ran-elsewhere
# A clean front hands everything to the same program, which runs beside Docker.
set -euo pipefail
for n in 1 2 3 4 5 6; do
  docker rm -f "web-$n"
  docker run -d --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env -p "810$n:80" -v "/srv/web-$n:/www:ro" lab/app web "web-$n"
done
docker rm -f web-4
mkdir /opt/app
docker export "$(docker create lab/app)" | tar -C /opt/app -x
cp /srv/web-4/index.html /opt/app/www/
mount -t proc proc /opt/app/proc
mount --bind /dev /opt/app/dev
(set -a; . /srv/web.env; PATH=/bin:/usr/sbin:/usr/bin setsid chroot /opt/app /usr/local/bin/app web web-4 7000 < /dev/null > /dev/null 2>&1) &
gateway=$(docker network inspect -f '{{(index .IPAM.Config 0).Gateway}}' bridge)
docker run -d --name web-4 --label lab.role=web-4 -p 8104:80 --entrypoint nc lab/app -ll -p 80 -e nc "$gateway" 7000
sleep 1
