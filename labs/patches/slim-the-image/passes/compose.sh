#!/bin/bash
# Built and started by Compose, hardened further, with an init.
set -euo pipefail
cd /srv/report
sed -i '/child_process/d; s/{ readFileSync }/{ readFile, readFileSync }/; s/{ join }/{ basename, join }/; /^function exportReport/,$d' src/server.js
cat >> src/server.js <<'END'
function exportReport(file, response) {
  readFile(join(reports, basename(file)), 'utf8', (error, text) => {
    if (error) return response.writeHead(404).end('no such report\n');
    response.end(`${text.trimEnd().split('\n').sort().join('\n')}\n`);
  });
}
END
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
cat > compose.yaml <<'END'
services:
  report:
    build: .
    image: report:2.0
    container_name: report
    labels: { lab.role: report }
    ports: ["8080:8080"]
    init: true
    read_only: true
    cap_drop: [ALL]
    security_opt: [no-new-privileges]
    volumes: ["/srv/reports:/data:ro"]
END
docker rm -f report
docker compose up -d --build
