#!/bin/bash
# The data moves into a named volume, and compose starts both.
set -euo pipefail
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo '{ "userns-remap": "default", "live-restore": false }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
cat > /srv/erp/compose.yaml <<'YAML'
name: kontor
services:
  erp:
    image: lab/erp
    labels: { lab.role: erp }
    restart: unless-stopped
    ports: ['8080:80']
    volumes: ['data:/data']
  desk:
    image: lab/erp
    command: desk
    labels: { lab.role: desk }
    restart: unless-stopped
    depends_on: [erp]
    ports: ['8081:80']
    volumes: ['data:/data:ro']
volumes:
  data: {}
YAML
docker volume create kontor_data
place=$(docker volume inspect -f '{{.Mountpoint}}' kontor_data)
cp -r /srv/legacy/notes "$place/"
chown -R 100000:100000 "$place"
rm -rf /srv/legacy
docker compose -f /srv/erp/compose.yaml up -d
