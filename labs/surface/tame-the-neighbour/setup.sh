#!/bin/bash
# checkout shows the flag when it is in trouble; compose hands it over from .env.
set -euo pipefail
umask 077
printf 'FLAG=%s\n' "$SCHOTT_FLAG" >/srv/stack/.env
cd /srv/stack
docker compose up --detach --quiet-pull
