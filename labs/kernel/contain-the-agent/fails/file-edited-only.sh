#!/bin/bash
# fails: not-privileged capabilities-left
# fails: own-pid-namespace host-processes
# fails: no-host-root host-files
# fails: own-network host-network
# fails: still-monitors nothing-hardened
# The script is right now, but the agent was not started anew.

sed -i -e '/--privileged/d' -e '/--pid=host/d' -e 's/--network=host/-p 9100:9100/' -e 's|-v /:/rootfs|-v /srv/data:/rootfs/srv/data:ro|' /srv/agent/start.sh
docker restart --time 1 node-agent
