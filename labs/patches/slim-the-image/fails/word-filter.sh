#!/bin/bash
# fails: small-image image-too-large
# fails: no-tools tool-found
# fails: attack-blunt injection-works
# No semicolon gets through. There are other ways into the next command.
set -euo pipefail
cd /srv/report
sed -i "s/^  exec(/  file = file.replaceAll(';', '');\n  exec(/" src/server.js
docker build -q -t report:2.0 .
docker rm -f report
bash run.sh report:2.0
