#!/bin/bash
# fails: not-privileged role-twice
# fails: own-pid-namespace role-twice
# fails: no-host-root role-twice
# fails: own-network role-twice
# fails: still-monitors role-twice
# A proxy that lets only /metrics through, before an agent that kept all its rights.

docker rm --force node-agent
docker network create inside
docker run -d --name node-agent --label lab.role=agent --privileged --pid=host --network inside -v /:/rootfs lab/agent
cat >/root/filter <<'EOF'
#!/bin/sh
read -r method target version
case $target in
/metrics*) printf 'GET %s HTTP/1.0\r\n\r\n' "$target" | nc node-agent 9100 ;;
*) printf 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n' ;;
esac
EOF
chmod 755 /root/filter
docker run -d --name filter --network inside -v /root/filter:/filter:ro -p 9100:9100 lab/bb nc -ll -p 9100 -e /filter
