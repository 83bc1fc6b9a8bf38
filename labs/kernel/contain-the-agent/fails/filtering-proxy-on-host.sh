#!/bin/bash
# fails: own-network service-elsewhere
# fails: still-monitors service-elsewhere
# A proxy as a process of the Docker host, which lets only /metrics through.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 127.0.0.1:9101:9100 lab/agent
cat >/root/filter <<'EOF'
#!/usr/bin/busybox sh
read -r method target version
while read -r line && [ "${#line}" -gt 1 ]; do :; done
case $target in
/metrics*) printf 'GET %s HTTP/1.0\r\n\r\n' "$target" | busybox nc 127.0.0.1 9101 ;;
*) printf 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n' ;;
esac
EOF
chmod 755 /root/filter
setsid busybox nc -ll -p 9100 -e /root/filter </dev/null >/dev/null 2>&1 &
sleep 0.5
