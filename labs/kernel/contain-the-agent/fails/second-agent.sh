#!/bin/bash
# fails: not-privileged role-twice
# fails: own-pid-namespace role-twice
# fails: no-host-root role-twice
# fails: own-network role-twice
# fails: still-monitors role-twice
# A clean one beside the old one, which keeps port 9100.

docker run -d --name clean --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 9101:9100 lab/agent
