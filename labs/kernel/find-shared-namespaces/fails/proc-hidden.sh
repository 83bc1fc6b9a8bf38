#!/bin/bash
# fails: own-pid host-pid
# hidepid hides processes from users, not from root.
set -euo pipefail
mount -o remount,hidepid=2 /proc || true
