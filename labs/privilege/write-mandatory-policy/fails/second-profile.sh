#!/bin/bash
# fails: profile-compiles profile-name
# fails: profile-denies profile-name
# fails: profile-allows profile-name
# Below the good profile another one, with everything in it.
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
}
END
cat >> web.apparmor <<'END'

profile docker-web-debug {
  file,
  capability,
}
END
