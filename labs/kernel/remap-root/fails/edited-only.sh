#!/bin/bash
# fails: remap root-is-host-root
# fails: still-root root-is-host-root
# fails: setuid-dead setuid-root
# fails: survives-restart root-is-host-root
# The file says it, the running daemon does not know.
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
sed -i 's/ --userns=host//' /srv/erp/start.sh
/srv/erp/start.sh
