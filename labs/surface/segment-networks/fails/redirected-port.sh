#!/bin/bash
# fails: outside-closed open-outside
# Nothing is published, and a rule of its own leads a strange port to the store.
set -euo pipefail
cd /srv/stack
docker compose down
cat >compose.yaml <<'END'
services:
  kv:
    image: lab/kv
    container_name: kv
    labels: { lab.role: kv }
    restart: unless-stopped
    networks: [data]
    environment: { FLAG: '${FLAG}' }

  api:
    image: lab/api
    container_name: api
    labels: { lab.role: api }
    restart: unless-stopped
    networks: [app, data]

  shop:
    image: lab/shop
    container_name: shop
    labels: { lab.role: shop }
    restart: unless-stopped
    networks: [front, app]
    ports: ['8080:80']

  blog:
    image: lab/blog
    container_name: blog
    labels: { lab.role: blog }
    restart: unless-stopped
    networks: [blog]
    ports: ['8082:80']

  admin:
    image: lab/admin
    container_name: admin
    labels: { lab.role: admin }
    restart: unless-stopped
    networks: [admin]
    ports: ['127.0.0.1:8081:80']
    environment: { FLAG: '${FLAG}' }

networks:
  front:
  blog:
  admin:
  app: { internal: true }
  data:
END
docker compose up -d
cat >> /etc/firewall.sh <<'END'
iptables -N DOCKER-USER 2>/dev/null || true
iptables -F DOCKER-USER
iptables -A DOCKER-USER -i eth0 -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN
iptables -A DOCKER-USER -i eth0 -m conntrack ! --ctstate DNAT -j DROP
iptables -A DOCKER-USER -j RETURN
END
bash /etc/firewall.sh
address=$(docker inspect --format '{{.NetworkSettings.Networks.stack_data.IPAddress}}' kv)
iptables -t nat -I PREROUTING -i eth0 -p tcp --dport 7777 -j DNAT --to-destination "$address:6379"
iptables -I DOCKER-USER -d "$address" -p tcp --dport 6379 -j ACCEPT
