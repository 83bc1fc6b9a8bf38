#!/bin/bash
# fails: still-monitors image-changed
# USER is right for one’s own image; the vendor’s is to stay as delivered. The option is --user.

mkdir -p /root/build
cat >/root/build/Dockerfile <<'EOF'
FROM lab/agent
RUN touch /patched
USER 65534
EOF
docker build --quiet --tag lab/agent /root/build
docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
