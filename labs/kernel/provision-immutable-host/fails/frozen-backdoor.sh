#!/bin/bash
# fails: pet-immutable pet-changed
# The container as it is becomes an image: read-only, back door included.
set -euo pipefail
docker exec petbox sh -c 'echo "cp /run/secrets/backup.key /var/spool/backup/loot" >> /usr/local/bin/backup.sh'
docker commit petbox lab/petbox:frozen
docker rm -f petbox
docker run -d --name petbox --label lab.role=pet -p 8090:80 -v /srv/petbox/data:/data:ro -v /srv/petbox/backup.key:/run/secrets/backup.key:ro --read-only --tmpfs /var/spool/backup lab/petbox:frozen
