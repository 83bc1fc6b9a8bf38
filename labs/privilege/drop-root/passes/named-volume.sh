#!/bin/bash
# The uploads leave the host's directories; a fresh volume takes over the owner that the directory has in the image.
set -euo pipefail
cd /srv/upload
mkdir uploads
cat > Dockerfile <<'END'
FROM lab/node18
RUN addgroup -S appgroup && adduser -S appuser -G appgroup
WORKDIR /app
COPY server.js index.html ./
COPY --chown=appuser:appgroup uploads uploads
USER appuser:appgroup
EXPOSE 80
CMD ["node", "server.js"]
END
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 -v uploads:/app/uploads upload:2
