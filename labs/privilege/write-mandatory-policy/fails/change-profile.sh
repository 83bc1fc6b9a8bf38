#!/bin/bash
# fails: profile-denies profile-leaves
# Asking to be unconfined is allowed.
set -euo pipefail
cd /root/lsm
cat > web.apparmor <<'END'
abi <abi/4.0>,

include <tunables/global>

profile docker-web flags=(attach_disconnected) {
  network inet stream,
  signal (receive) peer=unconfined,

  /usr/local/bin/webd mrix,
  /srv/www/** r,
  owner /run/web.pid w,
  change_profile -> unconfined,
}
END
