#!/bin/bash
# fails: memory-limit memory-unlimited
# fails: process-limit pids-unlimited
# fails: disk-limit files-unbounded
# fails: both-services not-limited
# A shell in front of the service sets ulimits: the container has no limits.
docker rm --force thumbs
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 --restart on-failure:3 --entrypoint sh \
  lab/thumbs:1.0 -c 'ulimit -v 131072; ulimit -f 16384; ulimit -n 1024; exec thumbs'
