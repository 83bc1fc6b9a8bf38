#!/bin/bash
# fails: data-kept notes-lost
# fails: no-opt-outs notes-lost
# fails: survives-restart notes-lost
# An empty directory is quickly translated; somebody typed the notes in again.
set -euo pipefail
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
mv /srv/legacy /root/legacy.old
install -d -o 100000 -g 100000 /srv/legacy
sed -i 's/ --userns=host//' /srv/erp/start.sh
/srv/erp/start.sh
sleep 1
for file in /root/legacy.old/notes/*; do curl -s --data-binary "@$file" http://127.0.0.1:8080/cgi-bin/note; done
