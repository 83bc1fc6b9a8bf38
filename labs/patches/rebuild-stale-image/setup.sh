#!/bin/bash
set -euo pipefail
install -D --mode=600 <(echo "$SCHOTT_FLAG") /srv/shop-secret/flag

docker volume create shopdata >/dev/null
orders=/var/lib/docker/volumes/shopdata/_data/orders
mkdir -p "$orders"
for number in 1 2 3; do
  digest=$(printf '%s:order:%s' "$SCHOTT_SEED" "$number" | sha256sum)
  echo "Liegeplatz ${digest:12:4}: $((number * 4)) Fischbrötchen" >"$orders/${digest:0:12}"
done

bash /srv/shop/run.sh >/dev/null
