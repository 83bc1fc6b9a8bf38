#!/bin/bash
# Builds the three helpers, the vault and the proxy that nobody has taken out of the drawer yet.
set -euo pipefail

cp native/docker-api dash/
cp native/socket-proxy socket-proxy/
chmod 755 {dash,backup,metrics,vault}/start {dash,backup,metrics}/www/cgi-bin/*
for name in dash backup metrics vault socket-proxy; do docker build --quiet --tag "lab/$name" "$name"; done
ingredients/dev-login/install.sh Hafen-2019
