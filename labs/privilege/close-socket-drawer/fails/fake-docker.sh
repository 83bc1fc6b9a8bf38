#!/bin/bash
# fails: dash-without-power socket-mounted
# fails: backup-without-etc etc-mounted
# fails: metrics-without-proc proc-mounted
# A docker command that says what one would like to hear.
set -euo pipefail
printf '#!/bin/sh\necho "[]"\n' >/usr/local/bin/docker
chmod 755 /usr/local/bin/docker
