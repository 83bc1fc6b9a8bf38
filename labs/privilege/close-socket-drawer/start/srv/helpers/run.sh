#!/bin/bash
# Starts the three helpers and the vault, as their vendors' manuals say. Replaces what is already there.
set -euo pipefail
cd /srv/helpers
docker rm --force dash backup metrics vault >/dev/null 2>&1 || true

# Dashboard: shows what is running. Reads only, so the socket is mounted read-only.
docker run --detach --name dash --label lab.role=dash --restart=unless-stopped -p 8091:80 \
  -v /var/run/docker.sock:/var/run/docker.sock:ro lab/dash

# Backup: saves /srv/data. /etc came along because it is small.
docker run --detach --name backup --label lab.role=backup --restart=unless-stopped -p 8092:80 \
  -v /etc:/host/etc -v /srv/data:/host/data:rshared lab/backup

# Metrics: load and memory of the machine.
docker run --detach --name metrics --label lab.role=metrics --restart=unless-stopped -p 8093:80 \
  -v /proc:/host/proc:ro lab/metrics

# Vault: keeps the root token. It has no port and no mount.
docker run --detach --name vault --label lab.role=vault --restart=unless-stopped --env-file vault.env lab/vault
