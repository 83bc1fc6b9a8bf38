#!/bin/bash
# fails: outside-closed not-answering
# DOCKER-USER drops everything that comes from outside, customers included.
set -euo pipefail
iptables -I DOCKER-USER -i eth0 -j DROP
