#!/bin/bash
# fails: outside-closed open-outside
# fails: blog-isolated blog-reaches
# fails: orders-work still-flat
# fails: survives-reboot still-flat
# More rules in a chain that these packets do not pass.
set -euo pipefail
for port in 6379 8000 8081; do echo "iptables -I INPUT -p tcp --dport $port -j DROP" >>/etc/firewall.sh; done
bash /etc/firewall.sh
