#!/bin/bash
# fails: shop-updated exploit-works
# The old ejs, behind a filter for the name of the option.
set -euo pipefail
cd "$(mktemp -d)"
cat >Dockerfile <<'END'
FROM registry.lab:5000/harbour/shop:latest
USER root
RUN sed -i "s|// Whatever was sent.*|if (body.includes('outputFunctionName')) throw new Error('no');|" server.js
USER node
END
docker build -q -t registry.lab:5000/harbour/shop:1.2.2 .
sed -i 's|shop:latest|shop:1.2.2|' /srv/harbour/compose.yaml
docker compose -f /srv/harbour/compose.yaml up -d --pull never
