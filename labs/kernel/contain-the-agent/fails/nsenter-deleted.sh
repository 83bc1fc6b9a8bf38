#!/bin/bash
# fails: not-privileged capabilities-left
# fails: own-pid-namespace host-processes
# fails: no-host-root host-files
# fails: own-network host-network
# fails: still-monitors nothing-hardened
# The tool is gone, the hole is not.

mkdir -p /root/build
cat >/root/build/Dockerfile <<'EOF'
FROM lab/agent
RUN rm /bin/nsenter /bin/chroot /bin/unshare
EOF
docker build --quiet --tag lab/agent /root/build
docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --privileged --pid=host --network=host -v /:/rootfs:ro lab/agent
