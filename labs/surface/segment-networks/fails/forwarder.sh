#!/bin/bash
# fails: blog-isolated blog-reaches
# A helper in both networks hands the connections on.
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
  data: { internal: true }
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
docker create --name helper --network stack_data lab/bb sh -c 'nc -ll -p 7000 -e nc kv 6379'
docker network connect stack_blog helper
docker start helper
