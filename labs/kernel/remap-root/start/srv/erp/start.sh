#!/bin/bash
# How the vendor's technician started it: the bookkeeping on port 8080, the read-only enquiry desk on 8081.
docker rm --force erp desk >/dev/null 2>&1

docker run --detach --name erp --label lab.role=erp --restart=unless-stopped \
  -p 8080:80 -v /srv/legacy:/data lab/erp

# "userns=host fixed a strange permission problem at another customer's" (the technician)
docker run --detach --name desk --label lab.role=desk --restart=unless-stopped --userns=host \
  -p 8081:80 -v /srv/legacy:/data:ro lab/erp desk
