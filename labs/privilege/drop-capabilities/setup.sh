#!/bin/bash
# Two tenants: Alster's folder is open to the proxy's group, Bille's to nobody but Bille.
set -euo pipefail
cd /srv
install -d -m 755 tenants
install -d -m 750 -o 2001 -g 2001 tenants/alster
install -d -m 700 -o 2002 -g 2002 tenants/bille
contract=tenants/bille/contract-${SCHOTT_SEED:0:6}.txt
echo '<!doctype html><title>Alster</title><h1>Alster shipping</h1>' >tenants/alster/index.html
printf 'Berth 7, 2027 to 2031. Not for the competition. %s\n' "$SCHOTT_FLAG" >"$contract"
chown 2001:2001 tenants/alster/index.html
chown 2002:2002 "$contract"
chmod 640 tenants/alster/index.html
chmod 600 "$contract"
proxy/run.sh >/dev/null
