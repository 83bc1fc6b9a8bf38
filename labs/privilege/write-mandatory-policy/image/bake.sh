#!/bin/bash
# Installs the compilers of both policy languages, unpacks Debian's SELinux policy without activating it, and builds the web server's image.
set -euo pipefail

# Python wants parts of itself configured before others are unpacked, so one round is not enough.
for round in 1 2 3; do
  dpkg --skip-same-version --install debs/*.deb >dpkg.log 2>&1 && break
  [ "$round" -lt 3 ] || { cat dpkg.log; exit 1; }
done
dpkg-deb --extract debs/policy/*.deb policy

library=/usr/local/lib/lsm
install -D -m 644 -t "$library" tools/compiled_profile.py
install -m 755 -t /usr/local/bin tools/ask-profile tools/ask-policy tools/build-policy
mkdir -p "$library/policy/modules"
unpack() { python3 -c 'import bz2, sys; sys.stdout.buffer.write(bz2.open(sys.argv[1]).read())' "policy/usr/share/selinux/default/$1.pp.bz2" >"$2"; }
unpack base "$library/policy/base.pp"
# The modules for containers, and those whose types they name.
for name in clock container docker iptables lvm unconfined xdg; do unpack "$name" "$library/policy/modules/$name.pp"; done

# The tools do what the tasks rely on, or this image is not to be used.
printf 'module empty 1.0;\nrequire { type etc_t; }\n' >empty.te
build-policy empty.te policy.bin
echo '[]' >questions.json
ask-policy policy.bin container_t questions.json | jq --exit-status .exists >/dev/null
printf 'profile docker-web { /srv/www/** r, }\n' >profile
[ "$(ask-profile profile file /srv/www/a)" = 'docker-web: owner r others r' ]

cp native/webd web/
docker build --quiet --tag lab/web web
mkdir -p /srv/harbour/keys
