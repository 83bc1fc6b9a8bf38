#!/bin/bash
# fails: backup-without-etc etc-mounted
# One file of /etc is enough.
set -euo pipefail
docker rm -f backup
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /etc/passwd:/host/etc/passwd:ro -v /srv/data:/host/data lab/backup
