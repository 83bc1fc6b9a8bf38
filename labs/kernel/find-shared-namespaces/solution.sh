#!/bin/bash
set -euo pipefail

# Write down what each one shares, as long as it can still be seen.
for n in 1 2 3 4 5 6; do
  case $(docker inspect --format 'pid={{.HostConfig.PidMode}} net={{.HostConfig.NetworkMode}} ipc={{.HostConfig.IpcMode}} uts={{.HostConfig.UTSMode}} {{.HostConfig.Binds}}' "web-$n") in
    *pid=host*) share=pid ;;
    *net=host*) share=net ;;
    *ipc=host*) share=ipc ;;
    *uts=host*) share=uts ;;
    *'/:/host'*) share=mnt ;;
    *) share=none ;;
  esac
  sed -i "s/^web-$n:.*/web-$n: $share/" /root/case.txt
done
sed -i 's/^all:.*/all: user/' /root/case.txt

# None of the six needs any of it: all start as the clean one does.
for n in 1 2 3 4 5 6; do
  docker rm --force "web-$n"
  docker run --detach --name "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env \
    --publish "810$n:80" --volume "/srv/web-$n:/www:ro" lab/app web "web-$n"
done
