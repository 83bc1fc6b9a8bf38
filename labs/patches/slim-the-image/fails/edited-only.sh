#!/bin/bash
# fails: small-image image-too-large
# fails: no-tools tool-found
# fails: few-packages too-many-packages
# fails: not-root runs-as-root
# fails: attack-blunt injection-works
# fails: service-works still-fat
# A slim image is built, and the old container goes on.
set -euo pipefail
cd /srv/report
cat > Dockerfile <<'DOCKERFILE'
FROM lab/debian-full AS build
WORKDIR /app
COPY . .
RUN node build.js

FROM lab/distroless-node
WORKDIR /app
COPY --from=build /app/dist ./
USER nonroot
CMD ["server.js"]
DOCKERFILE
docker build -q -t report:2.0 .
