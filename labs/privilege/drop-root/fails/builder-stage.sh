#!/bin/bash
# fails: image-user image-runs-as-root
# fails: process-user process-is-root
# fails: code-protected code-writable
# USER holds for its own stage only.
set -euo pipefail
cd /srv/upload
cat > Dockerfile <<'END'
FROM lab/node18 AS build
RUN addgroup -S appgroup && adduser -S appuser -G appgroup
WORKDIR /app
COPY . .
USER appuser

FROM lab/node18
WORKDIR /app
COPY --from=build /app .
EXPOSE 80
CMD ["node", "server.js"]
END
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads upload:2
