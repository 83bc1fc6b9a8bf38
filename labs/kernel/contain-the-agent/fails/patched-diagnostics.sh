#!/bin/bash
# fails: still-monitors image-changed
# fails: not-privileged diagnostics-changed
# A new image without the injection: the code is not the learner’s.

mkdir -p /root/build
cat >/root/build/Dockerfile <<'EOF'
FROM lab/agent
RUN sed -i "s/^  sh -c .*/  uptime/" /agent/answer
EOF
docker build --quiet --tag lab/agent /root/build
docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
