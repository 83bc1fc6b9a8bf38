#!/bin/bash
# Everything stays published; rules in DOCKER-USER decide, by the port that the client asked for. The networks have a way out that the rules close.
set -euo pipefail
cd /srv/stack
docker compose down
cat >compose.yaml <<'END'
services:
  kv:
    image: lab/kv
    labels: { lab.role: kv }
    restart: always
    networks: [data]
    ports: ['6379:6379']
    environment: { FLAG: '${FLAG}' }
  api:
    image: lab/api
    labels: { lab.role: api }
    restart: always
    networks: [data]
    ports: ['8000:80']
  shop:
    image: lab/shop
    labels: { lab.role: shop }
    restart: always
    networks: [data]
    ports: ['8080:80']
  blog:
    image: lab/blog
    labels: { lab.role: blog }
    restart: always
    networks: [blog]
    ports: ['8082:80']
  admin:
    image: lab/admin
    labels: { lab.role: admin }
    restart: always
    networks: [admin]
    ports: ['8081:80']
    environment: { FLAG: '${FLAG}' }
networks:
  blog:
  admin:
  data:
    driver_opts: { com.docker.network.bridge.name: br-data }
END
cat >>/etc/firewall.sh <<'END'
# From a container to a published port of this host it is Docker's proxy that answers, and that is a matter for INPUT.
iptables -A INPUT -i br+ -p tcp -m multiport --dports 6379,8000,8081 -j DROP
iptables -N DOCKER-USER 2>/dev/null || true
iptables -F DOCKER-USER
iptables -A DOCKER-USER -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN
iptables -A DOCKER-USER -i eth0 -p tcp -m conntrack --ctorigdstport 8080 --ctstate DNAT -j RETURN
iptables -A DOCKER-USER -i eth0 -p tcp -m conntrack --ctorigdstport 8082 --ctstate DNAT -j RETURN
iptables -A DOCKER-USER -i eth0 -j DROP
iptables -A DOCKER-USER -i br-data -o eth0 -j REJECT
iptables -A DOCKER-USER -j RETURN
END
bash /etc/firewall.sh
docker compose up -d
