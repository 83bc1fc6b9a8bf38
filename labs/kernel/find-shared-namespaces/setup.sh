#!/bin/bash
# Six websites. Which of them shares what with the Docker host differs in every session; the check computes the same order from the seed.
set -euo pipefail
flag=${SCHOTT_FLAG#'FLAG{'}
flag=${flag%'}'}
part() { echo "flag part $1 of 4: ${flag:$((6 * ($1 - 1))):6}"; }
secret() { printf '%s' "$SCHOTT_SEED:$1" | sha256sum | cut -c 1-12; }
shares=($(for share in pid net ipc uts mnt none; do echo "$(secret "$share") $share"; done | sort | cut -d ' ' -f 2))

umask 077
mkdir /srv/admin
printf '<h1>Harbour control, for 127.0.0.1 only</h1>\n%s\n' "$(part 2)" >/srv/admin/index.html
part 3 >/dev/shm/session
part 4 >/root/flag.txt
umask 022
printf 'APP_KEY=%s\nAPP_RUN=1\n' "$(secret key)" >/srv/web.env
{
  echo '# Which namespace does the container share with the Docker host? pid, net, ipc, uts, mnt or none'
  printf 'web-%s:\n' 1 2 3 4 5 6
  echo '# And which of the six namespaces does every one of them share, the clean one included?'
  echo 'all:'
} >/root/case.txt

# Seven at once: on a busy machine runc now and then fails over it ("can't get final child's PID"), and the next try succeeds.
start() {
  local name=$1
  shift
  docker run --detach --name "$name" "$@" >/dev/null && return
  docker rm --force "$name" >/dev/null 2>&1 || true
  docker run --detach --name "$name" "$@" >/dev/null
}

run_website() {
  local n=$1 options=(--publish "810$1:80") arguments=()
  case $2 in
    pid) options+=(--pid=host) ;;
    net) options=(--network=host) arguments=("810$n") ;;
    ipc) options+=(--ipc=host) ;;
    uts) options+=(--uts=host --cap-add SYS_ADMIN) ;;
    mnt) options+=(--volume /:/host) ;;
  esac
  mkdir -p "/srv/web-$n"
  echo "<h1>Pier $n</h1><p>Berth $(secret "page:$n")</p>" >"/srv/web-$n/index.html"
  start "web-$n" --label "lab.role=web-$n" --env-file /srv/web.env \
    --volume "/srv/web-$n:/www:ro" "${options[@]}" lab/app web "web-$n" "${arguments[@]}"
}

waiting=()
start vault --env "VAULT_TOKEN=$(part 1)" lab/app web vault &
waiting+=($!)
for n in 1 2 3 4 5 6; do
  run_website "$n" "${shares[n - 1]}" &
  waiting+=($!)
done
for one in "${waiting[@]}"; do wait "$one"; done

# The control page knows the flag's part only from its file: nothing of the session stays in its environment.
env -i setsid busybox httpd -f -p 127.0.0.1:9000 -h /srv/admin </dev/null >/dev/null 2>&1 &
