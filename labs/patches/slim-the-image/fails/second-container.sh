#!/bin/bash
# fails: small-image role-twice
# fails: no-tools role-twice
# fails: attack-blunt role-twice
# The slim one runs beside the old one, which goes on serving.
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
docker build -q -t report:2.0 .
docker run -d --name report2 --label lab.role=report -p 8081:8080 -v /srv/reports:/data:ro report:2.0
