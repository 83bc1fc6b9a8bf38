#!/bin/bash
# fails: no-tools tool-mounted
# fails: attack-blunt injection-works
# Slim, and the old code works again: with a shell of the Docker host.
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
docker run -d --name report --label lab.role=report -p 8080:8080 -e PATH=/bin:/nodejs/bin -v /srv/reports:/data:ro \
  -v /usr/bin/busybox:/bin/sh:ro -v /usr/bin/busybox:/bin/sort:ro report:2.0
