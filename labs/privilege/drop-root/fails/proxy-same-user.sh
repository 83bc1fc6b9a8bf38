#!/bin/bash
# fails: code-protected service-elsewhere
# The hidden service shares number and uploads with its clean front, but its program is open to everybody.
set -euo pipefail
mkdir /srv/front
docker export upload | docker import --change 'WORKDIR /app' --change 'CMD ["node", "server.js"]' - plain:1
docker rm -f upload
docker network create hidden
printf 'FROM plain:1\nRUN chmod -R 777 /app\nUSER 10001:10001\n' | docker build -t plain:2 -
chown 10001 /srv/uploads
docker run -d --name backend --network hidden -v /srv/uploads:/app/uploads plain:2
cat > /srv/front/server.js <<'END'
const net = require('node:net');
net.createServer((client) => {
  const backend = net.connect(80, 'backend');
  client.pipe(backend).pipe(client);
  for (const socket of [client, backend]) socket.on('error', () => (client.destroy(), backend.destroy()));
}).listen(80);
process.on('SIGTERM', () => process.exit(0));
END
cat > /srv/front/Dockerfile <<'END'
FROM lab/node18
WORKDIR /app
COPY server.js .
USER 10001:10001
CMD ["node", "server.js"]
END
docker build -t front:1 /srv/front
docker run -d --name upload --label lab.role=upload --network hidden -p 8080:80 -v /srv/uploads:/app/uploads front:1
