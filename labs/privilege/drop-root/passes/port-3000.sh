#!/bin/bash
set -euo pipefail
cd /srv/upload
cat > Dockerfile <<'END'
FROM lab/node18
RUN addgroup -S appgroup && adduser -S -D -H -u 10001 -G appgroup appuser
WORKDIR /srv/service
COPY . .
ENV PORT=3000
USER appuser
EXPOSE 3000
CMD ["node", "server.js"]
END
docker build -t hafen/upload:non-root .
chown -R 10001 /srv/uploads
docker stop upload && docker rm upload
docker run -d --name upload --label lab.role=upload -p 8080:3000 -v /srv/uploads:/srv/service/uploads --cap-drop ALL hafen/upload:non-root
