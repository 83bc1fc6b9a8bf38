#!/bin/bash
# fails: no-tools tool-found
# fails: attack-blunt injection-works
# The image is clean, and the shell comes into the container afterwards.
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
ENV PATH=/bin:/nodejs/bin
USER nonroot
CMD ["server.js"]
END
docker build -q -t report:2.0 .
docker rm -f report
bash run.sh report:2.0
mkdir bin
cp /usr/bin/busybox bin/sh
cp /usr/bin/busybox bin/sort
docker cp bin report:/
