#!/bin/sh
# A few extra rights, to be on the safe side.
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 \
  --cap-add NET_ADMIN --cap-add SYS_PTRACE \
  -v /srv/tenants:/t:ro \
  proxy:1
