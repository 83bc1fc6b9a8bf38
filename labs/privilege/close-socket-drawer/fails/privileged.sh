#!/bin/bash
# fails: backup-without-etc too-privileged
# fails: metrics-without-proc too-privileged
# Without the mount, but with every right.
set -euo pipefail
docker rm -f backup metrics
docker run -d --name backup --label lab.role=backup --privileged -p 8092:80 -v /srv/data:/host/data:ro lab/backup
docker run -d --name metrics --label lab.role=metrics --cap-add SYS_PTRACE -p 8093:80 lab/metrics
