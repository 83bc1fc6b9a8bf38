#!/bin/bash
# No API at all for dash: the host writes the list, dash reads it.
set -euo pipefail
docker rm -f dash backup metrics >/dev/null
mkdir -p /srv/status
cat >/usr/local/sbin/write-list <<'END'
#!/bin/sh
while :; do
  docker ps --format json >/srv/status/new && mv /srv/status/new /srv/status/containers.json
  sleep 2
done
END
chmod 755 /usr/local/sbin/write-list
setsid /usr/local/sbin/write-list </dev/null >/dev/null 2>&1 &
docker run -d --name dash --label lab.role=dash -p 8091:80 -v /srv/status:/status:ro -e CONTAINERS_FILE=/status/containers.json lab/dash
docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics
sleep 1
