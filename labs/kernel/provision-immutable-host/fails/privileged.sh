#!/bin/bash
# fails: pet-immutable pet-writable
# Read-only, with the power to undo it.
set -euo pipefail
docker rm -f petbox
docker run -d --name petbox --label lab.role=pet -p 8090:80 -v /srv/petbox/data:/data:ro -v /srv/petbox/backup.key:/run/secrets/backup.key:ro --read-only --tmpfs /var/spool/backup --cap-add SYS_ADMIN --security-opt seccomp=unconfined lab/petbox
