#!/bin/bash
# fails: pet-immutable pet-writable
# Modes do not stop root.
set -euo pipefail
docker exec petbox sh -c 'chown root /usr/local/bin/backup.sh; chmod 555 /usr/local/bin/backup.sh'
