#!/bin/bash
# fails: image-user role-twice
# fails: process-user role-twice
# fails: service-works role-twice
# The label moves to a decoy; the old service goes on under another name.
set -euo pipefail
cd /srv/upload
docker rm -f upload
docker run -d --name old -p 8080:80 -v /srv/uploads:/app/uploads upload:1
docker run -d --name upload --label lab.role=upload --user 10001:10001 lab/bb sleep 100000
