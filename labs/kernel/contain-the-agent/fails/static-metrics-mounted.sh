#!/bin/bash
# fails: still-monitors image-changed
# fails: no-host-root host-files
# Figures from a file that is mounted over the vendor’s program.

printf '#!/bin/sh\necho load1 0.1\necho data_used_bytes 20971520\n' >/root/metrics
chmod 755 /root/metrics
docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -v /root/metrics:/agent/metrics:ro -p 9100:9100 lab/agent
