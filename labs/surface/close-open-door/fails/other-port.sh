#!/bin/bash
# fails: no-open-api door-open
# fails: ci-deploys ci-unencrypted
# fails: keys-kept no-certificates
# fails: containers-locked-out open-to-containers
# fails: survives-restart door-open
# Nobody will look there.
set -euo pipefail
sed -i 's/2375/4243/' /etc/default/docker /srv/ci/env
systemctl restart docker
