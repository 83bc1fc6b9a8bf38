#!/bin/bash
set -euo pipefail
install -D --mode=600 <(echo "$SCHOTT_FLAG") /srv/harbour/password
mkdir -p /srv/ci/inbox /srv/ci/out
