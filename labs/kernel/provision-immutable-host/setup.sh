#!/bin/bash
set -euo pipefail
(umask 077 && printf '%s\n' "$SCHOTT_FLAG" >/srv/petbox/backup.key)
bash /srv/petbox/run.sh >/dev/null
