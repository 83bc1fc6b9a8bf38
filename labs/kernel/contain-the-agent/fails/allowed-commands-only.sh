#!/bin/bash
# fails: not-privileged diagnostics-changed
# fails: still-monitors image-changed
# A list of allowed commands in the vendor’s code, mounted over it.

docker rm --force node-agent
docker run --rm lab/agent cat /agent/answer | sed 's/^  sh -c .*/  case $query in cmd=uptime | cmd=id) sh -c "${query#cmd=}" ;; esac/' >/srv/data/answer
chmod 755 /srv/data/answer
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -v /srv/data/answer:/agent/answer:ro -p 9100:9100 lab/agent
