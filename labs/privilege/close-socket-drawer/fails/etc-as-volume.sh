#!/bin/bash
# fails: backup-without-etc etc-mounted
# A volume whose content is /etc.
set -euo pipefail
docker rm -f backup
docker volume create --opt type=none --opt o=bind --opt device=/etc config
docker run -d --name backup --label lab.role=backup -p 8092:80 -v config:/host/config:ro -v /srv/data:/host/data lab/backup
