#!/bin/bash
set -euo pipefail
cd /srv/upload
sed -i -e '/maint/d' -e 's/addgroup -S/addgroup -S -g 10001/' -e 's/adduser -S/adduser -S -u 10001/' -e 's/^CMD/USER 10001:10001\n&/' Dockerfile
cat > compose.yaml <<'END'
services:
  web:
    build: .
    labels:
      lab.role: upload
    ports: ['8080:80']
    read_only: true
    cap_drop: [ALL]
    security_opt: ['no-new-privileges:true']
    tmpfs: [/tmp]
    volumes: ['/srv/uploads:/app/uploads']
END
chown 10001:10001 /srv/uploads
docker rm -f upload
docker compose up -d --build
