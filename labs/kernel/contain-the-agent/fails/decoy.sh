#!/bin/bash
# fails: not-privileged role-twice
# fails: own-pid-namespace role-twice
# fails: no-host-root role-twice
# fails: own-network role-twice
# fails: still-monitors role-twice
# The old agent moves to another port and name, without a label; the label goes to a clean one.

docker rm --force node-agent
docker run -d --name db --privileged --pid=host -v /:/rootfs -p 9200:9100 lab/agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent
