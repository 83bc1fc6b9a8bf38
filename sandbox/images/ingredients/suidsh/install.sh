#!/bin/bash
# usage: install.sh [ROOT]: puts suidsh into /usr/local/lib/helpers of the Docker host and its attacker box, or of an image to be.
set -euo pipefail
install -D --mode=755 "$(dirname "$0")/native/suidsh" "${1:-}/usr/local/lib/helpers/suidsh"
