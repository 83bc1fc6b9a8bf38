#!/bin/bash
# fails: not-privileged capabilities-left
# fails: no-host-root host-files
# fails: own-network host-network
# A docker command that tells what one would like to hear.

printf '#!/bin/sh\necho false\n' >/usr/local/bin/docker
chmod 755 /usr/local/bin/docker
