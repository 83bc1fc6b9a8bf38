#!/bin/bash
# fails: tenants-apart operators-broken
# fails: service-works operators-broken
set -euo pipefail
cd /srv/proxy
sed -i '/ops/d' proxy
sed -i 's/ $operators//' proxy
docker build -q -t proxy:2 .
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --user 33:2001 --cap-drop ALL --security-opt no-new-privileges -v /srv/tenants:/t:ro proxy:2
