#!/bin/bash
# usage: install.sh PASSWORD: lets everybody who knows the password become dev on the Docker host, as soon as setup.sh opens the port.
set -euo pipefail
sed "s/@PASSWORD@/$1/" "$(dirname "$0")/jump" >/usr/local/sbin/jump
chmod 755 /usr/local/sbin/jump
