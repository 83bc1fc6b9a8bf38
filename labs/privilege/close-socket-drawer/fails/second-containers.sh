#!/bin/bash
# fails: dash-without-power role-twice
# fails: backup-without-etc role-twice
# fails: helpers-work role-twice
# Clean containers beside the old ones.
set -euo pipefail
docker run -d --name dash2 --label lab.role=dash lab/dash
docker run -d --name backup2 --label lab.role=backup -v /srv/data:/host/data lab/backup
