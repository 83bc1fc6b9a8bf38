#!/bin/bash
# fails: dash-without-power socket-mounted
# fails: backup-without-etc etc-mounted
# fails: metrics-without-proc proc-mounted
# fails: helpers-work mounts-left
# fails: propagation-private propagation-shared
# The start script is right now; the containers are the old ones.
set -euo pipefail
sed -i -e '/docker.sock/s/-v .*:ro //' -e 's/-v .etc:.host.etc //' -e '/proc:ro/s/-v .*:ro //' /srv/helpers/run.sh
