#!/bin/bash
# fails: remap host-user-namespace
# fails: still-root not-root-inside
# fails: setuid-dead host-user-namespace
# fails: no-opt-outs opts-out
# Another number, but no translation; the program's own test for root is gone from the image.
set -euo pipefail
docker rm -f erp desk
cd /srv/erp
printf 'FROM lab/erp\nENTRYPOINT ["/bin/httpd", "-f", "-p", "80", "-h", "/erp/erp"]\nCMD []\n' > Dockerfile
docker build -t erp:2 .
chown -R 100000:100000 /srv/legacy
docker run -d --name erp --label lab.role=erp --restart=unless-stopped --user 100000:100000 -p 8080:80 -v /srv/legacy:/data erp:2
docker run -d --name desk --label lab.role=desk --restart=unless-stopped -p 8081:80 -v /srv/legacy:/data:ro lab/erp desk
