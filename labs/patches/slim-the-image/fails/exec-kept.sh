#!/bin/bash
# fails: attack-blunt export-broken
# fails: service-works export-broken
# The slim image as it should be, the old code in it: no shell, no sort, no export.
set -euo pipefail
cd /srv/report
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
