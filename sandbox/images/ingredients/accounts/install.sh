#!/bin/bash
# usage: install.sh ROOT: puts addgroup, adduser, groupadd and useradd into the root directory of an image to be.
set -euo pipefail
for name in addgroup adduser groupadd useradd; do install -D --mode=755 "$(dirname "$0")/accounts" "$1/usr/sbin/$name"; done
