#!/bin/bash
# fails: backup-without-etc backup-incomplete
# Nothing mounted, nothing saved.
set -euo pipefail
docker rm -f backup
cp -a /srv/data /srv/snapshot
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/snapshot:/host/data lab/backup
