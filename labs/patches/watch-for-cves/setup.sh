#!/bin/bash
set -euo pipefail
install -D --mode=644 <(echo "$SCHOTT_FLAG") /srv/shop-secret/flag
printf 'APP_KEY=%s\n' "$(printf '%s:harbour' "$SCHOTT_SEED" | sha256sum | cut -c1-32)" >/srv/harbour/harbour.env
docker compose --progress quiet --file /srv/harbour/compose.yaml up --detach --pull never
