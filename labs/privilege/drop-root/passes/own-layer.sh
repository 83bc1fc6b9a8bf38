#!/bin/bash
# No volume: the uploads live and die with the container.
set -euo pipefail
cd /srv/upload
cat > Dockerfile <<'END'
FROM lab/node18
RUN adduser -D -u 10001 app
WORKDIR /app
COPY . .
RUN mkdir -p uploads && chown app uploads
USER app
EXPOSE 80
ENTRYPOINT ["node", "server"]
END
docker build -t upload:2 .
docker rm -f upload
docker run -d --name upload --label lab.role=upload -p 8080:80 upload:2
