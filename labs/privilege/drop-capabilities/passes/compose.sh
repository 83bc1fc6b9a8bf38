#!/bin/bash
# Written down, and with only that tenant mounted who is served.
set -euo pipefail
docker rm -f proxy
cat > /srv/proxy/compose.yaml <<'END'
services:
  proxy:
    image: proxy:1
    container_name: proxy
    labels: { lab.role: proxy }
    user: "33:2001"
    ports: ["8080:80", "8081:81"]
    cap_drop: [ALL]
    security_opt: [no-new-privileges]
    read_only: true
    volumes: ["/srv/tenants/alster:/t/alster:ro"]
END
docker compose -f /srv/proxy/compose.yaml up -d
