#!/bin/bash
# fails: still-monitors image-changed
# Figures from a file.

mkdir -p /root/build
cat >/root/build/Dockerfile <<'EOF'
FROM lab/agent
RUN printf "#!/bin/sh\necho load1 0.1\necho mem_total 1000000000\necho mem_available 500000000\necho data_used_bytes 20971520\n" > /agent/metrics
EOF
docker build --quiet --tag lab/agent /root/build
docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
