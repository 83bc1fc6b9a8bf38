#!/bin/bash
# As another user, with limits, in two networks, after the engine was told to forbid new privileges to all containers.
docker rm --force node-agent
[ -s /etc/docker/daemon.json ] || echo '{}' >/etc/docker/daemon.json
jq '. + { "no-new-privileges": true, "live-restore": true, "icc": false }' /etc/docker/daemon.json >/root/daemon.json
cp /root/daemon.json /etc/docker/daemon.json
systemctl restart docker
docker network create front
docker network create back
docker create --name node-agent --label lab.role=agent --network front --user 1000:1000 --init \
  --memory 64m --cpus 0.5 --pids-limit 50 --ulimit nofile=256 \
  -v /srv/data/:/rootfs/srv/data/:ro,rslave -p 9100:9100 lab/agent
docker network connect back node-agent
docker start node-agent
