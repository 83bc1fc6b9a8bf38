#!/bin/bash
# Whoever presses the button of the nightly maintenance takes the shop away from its customers.
set -uo pipefail
port=$(nc -zv -w 2 dockerhost 9100-9199 2>&1 | sed -n 's/.* \([0-9]*\) port .*succeeded.*/\1/p' | head -n 1)
[ -n "$port" ] || { echo 'no maintenance page answers'; exit; }
curl --silent --max-time 60 "http://dockerhost:$port/cgi-bin/night"
