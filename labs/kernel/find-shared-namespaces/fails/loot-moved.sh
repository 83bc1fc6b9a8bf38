#!/bin/bash
# fails: own-net host-net
# fails: own-ipc host-ipc
# fails: own-mnt host-files
# fails: own-pid host-pid
# fails: own-uts host-uts
# What the attack found is gone; the holes are not.
set -euo pipefail
rm -f /dev/shm/session /root/flag.txt
docker rm -f vault
fuser -k 9000/tcp || true
