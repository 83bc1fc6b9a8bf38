#!/bin/bash
# No user is created at all: the kernel knows numbers only.
set -euo pipefail
cd /srv/upload
cat > Dockerfile <<'END'
FROM lab/node18
WORKDIR /app
COPY . .
USER 10001:10001
EXPOSE 80
CMD ["node", "server.js"]
END
docker build -t upload:1 .
chown 10001 /srv/uploads
docker rm -f upload
/srv/upload/run.sh
