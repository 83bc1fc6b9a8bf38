#!/bin/bash
set -euo pipefail
cd /srv/upload

cat > .dockerignore <<'END'
Dockerfile
run.sh
END
cat > Dockerfile <<'END'
FROM lab/node18
RUN addgroup -S -g 10001 appgroup && adduser -S -u 10001 appuser -G appgroup
WORKDIR /app
COPY . .
RUN mkdir uploads && chown appuser:appgroup uploads
USER appuser
EXPOSE 80
CMD ["node", "server.js"]
END
docker build -t upload:2 .

# What an attacker left behind goes, the rest belongs to the service from now on.
find /srv/uploads -type f -perm /6000 -delete
chown -R 10001:10001 /srv/uploads

docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v /srv/uploads:/app/uploads \
  --read-only --tmpfs /tmp --security-opt no-new-privileges --cap-drop ALL upload:2
