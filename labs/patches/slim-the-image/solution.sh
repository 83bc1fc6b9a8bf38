#!/bin/bash
set -euo pipefail
cd /srv/report
sed -i '/child_process/d; s/{ readFileSync }/{ readFile, readFileSync }/; s/{ join }/{ basename, join }/; /^function exportReport/,$d' src/server.js
cat >> src/server.js <<'END'
function exportReport(file, response) {
  readFile(join(reports, basename(file)), 'utf8', (error, text) => {
    if (error) return response.writeHead(404).end('no such report\n');
    const lines = text.trimEnd().split('\n').sort();
    response.setHeader('content-type', 'text/plain; charset=utf-8').end(`${lines.join('\n')}\n`);
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
EXPOSE 8080
CMD ["server.js"]
END
docker build -t report:2.0 .
docker rm -f report
bash run.sh report:2.0
