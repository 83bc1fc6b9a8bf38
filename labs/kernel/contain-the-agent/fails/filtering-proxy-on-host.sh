#!/bin/bash
# fails: own-network service-elsewhere
# fails: still-monitors service-elsewhere
# The same proxy as a process of the Docker host.

docker rm --force node-agent
docker run -d --name node-agent --label lab.role=agent -v /srv/data:/rootfs/srv/data:ro -p 127.0.0.1:9101:9100 lab/agent
cat >/root/filter <<'EOF'
#!/bin/sh
exec nc 127.0.0.1 9101
EOF
chmod 755 /root/filter
setsid busybox nc -ll -p 9100 -e /root/filter </dev/null >/dev/null 2>&1 &
sleep 0.5
