#!/bin/bash
# fails: small-image image-too-large
# fails: no-tools tool-in-layer
# fails: few-packages too-many-programs
# All of Debian, and in the last layer everything deleted that looks like a tool, dpkg's database included.
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
FROM lab/debian-full
WORKDIR /app
COPY . .
RUN node build.js && cp dist/* .
RUN rm -rf /var/lib/dpkg /usr/lib/apt /usr/lib/dpkg /usr/lib/*-linux-gnu/libapt* /usr/lib/*-linux-gnu/libcurl* \
  /usr/lib/*-linux-gnu/perl* /usr/local/lib/node_modules /etc/cron.* /usr/sbin /usr/bin
USER nobody
CMD ["node", "server.js"]
END
docker build -q -t report:2.0 .
docker rm -f report
bash run.sh report:2.0
