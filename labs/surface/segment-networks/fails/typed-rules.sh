#!/bin/bash
# fails: survives-reboot not-persistent
# The rules are right and nowhere written down.
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
    networks: [data, front]
    ports: ['6379:6379']
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
iptables -I DOCKER-USER -i eth0 -p tcp -m conntrack --ctorigdstport 6379 -j DROP
iptables -A INPUT -i br+ -p tcp --dport 6379 -j DROP
