#!/bin/bash
set -euo pipefail
cd /root/lsm

cat > web.apparmor <<'END'
abi <abi/4.0>,

include <tunables/global>

profile docker-web flags=(attach_disconnected) {
  network inet stream,
  signal (receive) peer=unconfined,

  /usr/local/bin/webd mrix,
  /srv/www/ r,
  /srv/www/** r,
  owner /run/web.pid w,
  /dev/null rw,
}
END
apparmor_parser -QK web.apparmor
ask-profile web.apparmor file /srv/keys/signing.key

cat > web.te <<'END'
module dockerweb 1.0;

require {
	attribute domain;
	type container_file_t, http_port_t, node_t, dockerd_t;
	role system_r;
	class dir { search getattr open read };
	class file { read open getattr map execute entrypoint };
	class tcp_socket { create bind listen accept read write getattr setopt name_bind node_bind };
	class process transition;
}

type webctr_t;
typeattribute webctr_t domain;
role system_r types webctr_t;

allow dockerd_t webctr_t:process transition;
allow webctr_t container_file_t:dir { search getattr open read };
allow webctr_t container_file_t:file { read open getattr map execute entrypoint };
allow webctr_t self:tcp_socket { create bind listen accept read write getattr setopt };
allow webctr_t http_port_t:tcp_socket name_bind;
allow webctr_t node_t:tcp_socket node_bind;
END
build-policy web.te web.policy
sesearch -A -s webctr_t -ds web.policy

docker rm -f web
docker run -d --name web --label lab.role=web -p 8080:80 --security-opt apparmor=docker-web \
  --user 10001:10001 --read-only --cap-drop ALL --security-opt no-new-privileges -v /srv/harbour/www:/srv/www:ro lab/web
