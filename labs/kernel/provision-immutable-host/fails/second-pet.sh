#!/bin/bash
# fails: pet-immutable role-twice
# An immutable one beside the other.
set -euo pipefail
docker run -d --name petbox2 --label lab.role=pet -p 8091:80 -v /srv/petbox/data:/data:ro -v /srv/petbox/backup.key:/run/secrets/backup.key:ro --read-only --tmpfs /var/spool/backup lab/petbox
