#!/bin/bash
# The program is mended as well: no names that lead out, no setuid bits, and a second stage without build leftovers.
set -euo pipefail
cd /srv/upload
sed -i -e 's/return path.join(uploads, name);/return path.join(uploads, path.basename(name));/' -e 's/Number.parseInt(mode, 8)/Number.parseInt(mode, 8) \& 0o644/' server.js
cat > Dockerfile <<'END'
FROM lab/node18 AS build
WORKDIR /build
COPY server.js index.html ./

FROM lab/node18
RUN addgroup -S appgroup && adduser -S -u 10001 appuser -G appgroup
WORKDIR /app
COPY --from=build /build ./
USER appuser
EXPOSE 80
CMD ["node", "server.js"]
END
docker build -t upload:2 .
chown 10001 /srv/uploads
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
