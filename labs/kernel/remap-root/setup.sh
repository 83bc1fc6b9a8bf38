#!/bin/bash
# Five notes whose numbers and text differ in every session; the check knows them.
set -euo pipefail
mkdir -p /srv/legacy/notes
for n in 1 2 3 4 5; do
  id=$(printf '%s' "$SCHOTT_SEED:note:$n" | sha256sum | cut -c 1-8)
  text=$(printf '%s' "$SCHOTT_SEED:text:$n" | sha256sum | cut -c 1-12)
  echo "Receipt $n: berth $text" >"/srv/legacy/notes/$id"
done
bash /srv/erp/start.sh >/dev/null
unset SCHOTT_FLAG SCHOTT_SEED
setsid busybox nc -ll -p 2222 -e /usr/local/sbin/jump </dev/null >/dev/null 2>&1 &
