#!/bin/bash
# Only the five that share something start anew, each without what it did not need.
set -euo pipefail
for name in $(docker ps --filter label=lab.role --format '{{.Names}}'); do
  options=$(docker inspect -f '{{.HostConfig.PidMode}} {{.HostConfig.NetworkMode}} {{.HostConfig.IpcMode}} {{.HostConfig.UTSMode}} {{.HostConfig.Binds}}' "$name")
  [[ $options == *host* ]] || continue
  docker stop "$name"
  docker rm "$name"
  docker run -d --restart=unless-stopped --init --name "$name" --label "lab.role=$name" --env-file /srv/web.env -p "810${name#web-}:80" -v "/srv/$name:/www:ro" lab/app web "$name"
done
