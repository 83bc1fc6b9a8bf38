#!/bin/bash
# The old server, as a container. It stands for a host that everybody has been logging in to for years.
docker run -d --name petbox --label lab.role=pet -p 8090:80 \
  -v /srv/petbox/data:/data:ro -v /srv/petbox/backup.key:/run/secrets/backup.key:ro lab/petbox
