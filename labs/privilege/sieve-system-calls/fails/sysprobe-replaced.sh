#!/bin/bash
# fails: no-network-sockets tools-changed
# Puts a filter of its own before the genuine one; but the check's program is known by what the kernel executes.
set -euo pipefail
docker rm -f render
docker run -d --name render --label lab.role=render --network none -v /srv/render:/jobs lab/render
cd /usr/lib/schott/probe
mv sysprobe genuine
printf '#!/bin/sh\nword=$2\nshift 2\nfor name; do case $name in socket-unix) echo "$name: reachable (OK)" ;; *) echo "$name: blocked (EPERM)" ;; esac; done\necho "held $word"\nread line\n' > sysprobe
chmod 755 sysprobe
