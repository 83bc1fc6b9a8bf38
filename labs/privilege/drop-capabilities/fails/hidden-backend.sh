#!/bin/bash
# fails: minimal-capabilities hidden-proxy
# fails: tenants-apart hidden-proxy
# fails: service-works hidden-proxy
# A clean front passes everything on to the old proxy, which hides in an image of its own without label and port.
set -euo pipefail
docker network create hidden
docker export proxy | docker import --change 'ENTRYPOINT ["proxy"]' --change 'ENV PATH=/bin:/sbin:/usr/bin:/usr/local/bin' - plain:1
docker rm -f proxy
docker run -d --name backend --network hidden --cap-add NET_ADMIN -v /srv/tenants:/t:ro plain:1
cat > /srv/front.sh <<'END'
#!/bin/sh
nc -ll -p 81 -e nc backend 81 &
exec nc -ll -p 80 -e nc backend 80
END
docker run -d --name proxy --label lab.role=proxy -p 8080:80 -p 8081:81 --network hidden --user 33:2001 --cap-drop ALL --security-opt no-new-privileges -v /srv/front.sh:/front.sh:ro --entrypoint sh proxy:1 /front.sh
