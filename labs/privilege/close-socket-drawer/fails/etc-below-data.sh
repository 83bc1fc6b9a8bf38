#!/bin/bash
# fails: backup-without-etc etc-mounted
# Only /srv/data is mounted, but the host has hung /etc below it.
set -euo pipefail
docker rm -f backup
mkdir /srv/data/config
mount --bind /etc /srv/data/config
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data lab/backup
