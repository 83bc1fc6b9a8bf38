#!/bin/bash
set -euo pipefail
umask 077
printf 'ROOT_TOKEN=%s\n' "$SCHOTT_FLAG" >/srv/helpers/vault.env
umask 022
# As on a host with systemd; Docker asks for it before it shares a mount.
mount --make-shared /
bash /srv/helpers/run.sh >/dev/null
setsid busybox nc -ll -p 2222 -e /usr/local/sbin/jump </dev/null >/dev/null 2>&1 &
