#!/bin/bash
# Starts as root as before; both listeners become 33, and only what that takes is left.
set -euo pipefail
cd /srv/proxy
sed -i 's#^httpd -f -p 81 -h /ops &#httpd -f -p 81 -h /ops -u 33:2001 \&#' proxy
docker build -q -t proxy:2 .
docker rm -f proxy
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 \
  --cap-drop ALL --cap-add SETUID --cap-add SETGID --security-opt no-new-privileges -v /srv/tenants:/t:ro proxy:2
