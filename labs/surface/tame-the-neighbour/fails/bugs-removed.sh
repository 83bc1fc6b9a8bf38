#!/bin/bash
# fails: memory-limit bugs-gone
# fails: cpu-limit bugs-gone
# fails: process-limit bugs-gone
# fails: disk-limit files-unbounded
# A front that answers every bug itself, in words the original might use, and lets only the normal job through.
docker rm --force thumbs
mkdir -p /srv/front
cat >/srv/front/front <<'SH'
#!/bin/sh
read -r method target rest
while read -r line && [ "${#line}" -gt 1 ]; do :; done
case $target in
  /thumb* | /limits*) printf 'GET %s HTTP/1.1\r\n\r\n' "$target" | nc 127.0.0.1 9000 ;;
  /fill*) body='{"rootBytes": 0, "root": "Read-only file system", "tmpBytes": 1048576, "tmp": "No space left on device"}' ;;
  *) body='{"result": "worker killed"}' ;;
esac
[ -z "$body" ] || printf 'HTTP/1.1 500 Failed\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' "${#body}" "$body"
SH
cat >/srv/front/start <<'SH'
#!/bin/sh
PORT=9000 thumbs &
exec nc -ll -p 8083 -e /front/front
SH
chmod 755 /srv/front/*
docker run --detach --name thumbs --label lab.role=thumbs --publish 8083:8083 --init --volume /srv/front:/front:ro \
  --memory 128m --memory-swap 128m --cpus 0.4 --pids-limit 64 --tmpfs /tmp:size=32m \
  --log-opt max-size=5m --log-opt max-file=2 --restart on-failure:3 \
  lab/thumbs:1.0 /front/start
