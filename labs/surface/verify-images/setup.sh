#!/bin/bash
set -euo pipefail

umask 077
mkdir -p /srv/shop/secrets
printf '%s\n' "$SCHOTT_FLAG" >/srv/shop/secrets/db
printf 'APP_KEY=web-%s\n' "${SCHOTT_SEED:0:16}" >/srv/shop/.env
printf 'ci:%s\n' "${SCHOTT_SEED:16:12}" >/srv/shop/registry-cred
cd /srv/shop
RELEASE=$(cat release) docker compose up --detach --quiet-pull
