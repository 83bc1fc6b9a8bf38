#!/bin/bash
# After the example for nginx in Docker’s documentation: everything, except. It takes many more lines to be as tight.
set -euo pipefail
cd /root/lsm
cat > web.apparmor <<'END'
include <tunables/global>

profile docker-web flags=(attach_disconnected,mediate_deleted) {
  network inet tcp,
  deny network raw,
  deny network packet,
  file,
  signal,
  deny /bin/** mrwklx,
  deny /usr/bin/** mrwklx,
  deny /tmp/** wlx,
  deny /run/** x,
  deny /dev/** x,
  deny /srv/keys/** rwklmx,
  deny /srv/** wlx,
  deny /etc/** wlx,
  deny /etc/shadow r,
  deny /usr/** wl,
  deny @{PROC}/** wlx,
  deny /sys/** wlx,
  capability net_bind_service,
}
END
cat > web.te <<'END'
module dockerweb 1.0;

require {
	attribute domain;
	type container_file_t, http_port_t, node_t, dockerd_t;
	role system_r;
	class file { read open getattr };
	class tcp_socket { create bind listen accept read write name_bind node_bind };
	class process { transition fork };
}

type webctr_t;
typeattribute webctr_t domain;
role system_r types webctr_t;

allow dockerd_t webctr_t:process transition;
allow webctr_t container_file_t:file { read open getattr };
allow webctr_t self:tcp_socket { create bind listen accept read write };
allow webctr_t http_port_t:tcp_socket name_bind;
allow webctr_t node_t:tcp_socket node_bind;
allow webctr_t self:process fork;
END
docker rm -f web
docker run -d --name web --label lab.role=web -p 8080:80 --user 10001:10001 -v /srv/harbour:/srv:ro --security-opt apparmor=docker-web lab/web
