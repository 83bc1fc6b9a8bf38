#!/bin/bash
# fails: coreos-secure no-key
# fails: bottlerocket-secure no-lockdown
# Valid files that say nothing.
set -euo pipefail
cd /root/host
echo '{"ignition":{"version":"3.3.0"}}' > config.ign
: > user-data.toml
