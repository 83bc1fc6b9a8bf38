#!/bin/bash
# fails: not-privileged capabilities-left
# fails: own-pid-namespace host-processes
# fails: no-host-root host-files
# fails: own-network host-network
# fails: still-monitors nothing-hardened
# The secret is gone, the hole is not.

rm /root/flag.txt
chmod 000 /root
