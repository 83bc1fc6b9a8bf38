#!/bin/bash
# Firewall of this host, run at every boot before Docker starts: nothing but SSH from outside.
set -euo pipefail
iptables -F INPUT
iptables -A INPUT -i eth0 -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -i eth0 -p tcp --dport 22 -j ACCEPT
iptables -A INPUT -i eth0 -j DROP
