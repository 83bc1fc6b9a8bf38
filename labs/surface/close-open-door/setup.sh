#!/bin/bash
set -euo pipefail

(umask 077 && printf 'APP_KEY=shop-%s\n' "${SCHOTT_SEED:0:16}" >/srv/shop/key.env)
/srv/shop/run.sh >/dev/null
