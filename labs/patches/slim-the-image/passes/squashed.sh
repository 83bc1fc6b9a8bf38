#!/bin/bash
# One layer in the end: the slim container's files, imported as a new image.
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
docker build -q -t report:slim .
docker rm -f report
docker create --name parts report:slim
docker export parts | docker import --change 'USER 65532:65532' --change 'WORKDIR /app' --change 'ENTRYPOINT ["/nodejs/bin/node", "server.js"]' - report:3.0
docker rm parts
bash run.sh report:3.0
