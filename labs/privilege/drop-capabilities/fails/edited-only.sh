#!/bin/bash
# fails: minimal-capabilities too-many-capabilities
# fails: tenants-apart tenant-read
# fails: no-new-rights new-privileges
# The script is right, and nobody ran it. The flag is gone, which nobody asked for.
sed -i 's/--cap-add NET_ADMIN --cap-add SYS_PTRACE/--user 33:2001 --cap-drop ALL --security-opt no-new-privileges/' /srv/proxy/run.sh
rm /srv/tenants/bille/*
