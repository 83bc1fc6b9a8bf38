#!/bin/bash
# fails: own-pid-namespace host-processes
# fails: no-host-root canary-read
# fails: not-privileged capabilities-left
# With SYS_PTRACE, /proc/1/root is the root of the Docker host.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent --pid=host --cap-add SYS_PTRACE -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
