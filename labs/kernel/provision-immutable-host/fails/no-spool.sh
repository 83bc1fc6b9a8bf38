#!/bin/bash
# fails: pet-immutable pet-broken
# Read-only all over: the job cannot write its list.
set -euo pipefail
docker rm -f petbox
docker run -d --name petbox --label lab.role=pet -p 8090:80 -v /srv/petbox/data:/data:ro -v /srv/petbox/backup.key:/run/secrets/backup.key:ro --read-only lab/petbox
