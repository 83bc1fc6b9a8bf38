#!/bin/bash
# fails: small-image image-too-large
# fails: no-tools tool-found
# fails: few-packages too-many-packages
# fails: not-root shell-form
# The hole is closed and the user is set. The next hole finds the same Debian, and a shell starts it all.
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
sed -i 's/^EXPOSE/USER nobody\nEXPOSE/' Dockerfile
docker build -q -t report:2.0 .
docker rm -f report
bash run.sh report:2.0
