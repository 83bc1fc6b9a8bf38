#!/bin/bash
# fails: attack-blunt export-broken
# fails: service-works export-broken
# No export, no injection, no service.
set -euo pipefail
cd /srv/report
sed -i '/child_process/d; /\/export/d; /^function exportReport/,$d' src/server.js
cat > Dockerfile <<'END'
FROM lab/debian-full AS build
WORKDIR /app
COPY . .
RUN node build.js

FROM lab/distroless-node
WORKDIR /app
COPY --from=build /app/dist ./
USER nonroot
CMD ["server.js"]
END
docker build -q -t report:2.0 .
docker rm -f report
bash run.sh report:2.0
