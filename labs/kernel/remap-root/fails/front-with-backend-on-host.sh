#!/bin/bash
# fails: data-kept written-by-another
# fails: setuid-dead written-by-another
# The container that answers is translated, but passes every request on to the old program, which runs as root beside Docker.
set -euo pipefail
docker cp erp:/erp /erp
docker save -o /root/erp.tar lab/erp
docker rm -f erp desk
echo '{ "userns-remap": "default" }' > /etc/docker/daemon.json
systemctl restart docker
docker load -i /root/erp.tar
chown -R 100000:100000 /srv/legacy
ln -s /srv/legacy /data
PATH=/usr/lib/schott/probe:$PATH setsid busybox httpd -f -p 7000 -h /erp/erp < /dev/null > /dev/null 2>&1 &
gateway=$(docker network inspect -f '{{(index .IPAM.Config 0).Gateway}}' bridge)
docker run -d --init --name erp --label lab.role=erp --restart=unless-stopped -p 8080:80 -v /srv/legacy:/data --entrypoint nc lab/erp -ll -p 80 -e nc "$gateway" 7000
docker run -d --name desk --label lab.role=desk --restart=unless-stopped -p 8081:80 -v /srv/legacy:/data:ro lab/erp desk
sleep 1
