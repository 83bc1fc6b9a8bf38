#!/bin/bash
set -euo pipefail
cd /srv/upload
cat > Dockerfile <<'END'
FROM lab/node18
RUN groupadd --system --gid 2001 web && useradd --system --uid 2001 --gid web --no-create-home --shell /usr/sbin/nologin web
WORKDIR /app
COPY server.js index.html ./
USER web:web
EXPOSE 80
CMD ["node", "/app/server.js"]
END
docker build -t upload:2 .
chown 2001:2001 /srv/uploads
docker rm -f upload
docker run -d --init --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads --restart unless-stopped upload:2
