#!/bin/bash
# fails: pet-immutable pet-writable
# Read-only on paper; somebody on the host has remounted it.
set -euo pipefail
docker rm -f petbox
docker run -d --name petbox --label lab.role=pet -p 8090:80 -v /srv/petbox/data:/data:ro -v /srv/petbox/backup.key:/run/secrets/backup.key:ro --read-only --tmpfs /var/spool/backup lab/petbox
nsenter -t "$(docker inspect -f '{{.State.Pid}}' petbox)" -m -p mount -o remount,bind,rw none /
