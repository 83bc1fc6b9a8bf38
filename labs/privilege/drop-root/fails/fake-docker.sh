#!/bin/bash
# fails: image-user image-runs-as-root
# fails: process-user process-is-root
# fails: host-safe setuid-root-upload
# A docker command that says what one would like to hear.
printf '#!/bin/sh\necho 10001:10001\n' > /usr/local/bin/docker
chmod 755 /usr/local/bin/docker
