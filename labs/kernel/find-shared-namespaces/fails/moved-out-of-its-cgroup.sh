#!/bin/bash
# fails: own-pid service-elsewhere
# The process that sees everything left its container's cgroup, so that no container seems to have it.
set -euo pipefail
for name in web-1 web-2 web-3 web-4 web-5 web-6; do
  [ "$(docker inspect -f '{{.HostConfig.PidMode}}' "$name")" = host ] || continue
  id=$(docker inspect -f '{{.Id}}' "$name")
  for process in $(docker top "$name" -o pid | tail -n +2); do
    for group in $(find /sys/fs/cgroup -type d -path "*$id"); do echo "$process" > "${group%/docker/*}/cgroup.procs" || true; done
  done
done
