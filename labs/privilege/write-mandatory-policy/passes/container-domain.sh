#!/bin/bash
# The policy’s own attribute for containers does most of the work; the keys are hidden behind an empty file system.
set -euo pipefail
cd /root/lsm
cat > web.apparmor <<'END'
abi <abi/3.0>,

include <tunables/global>

profile docker-web flags=(attach_disconnected, mediate_deleted) {
  include <abstractions/base>

  network inet tcp,
  network inet6 tcp,
  signal (receive) set=(term, kill, quit) peer=unconfined,
  deny mount,
  deny umount,
  deny /etc/** wl,
  deny @{PROC}/sys/** wklx,
  deny /bin/** mrwklx,

  /usr/local/bin/webd rmix,
  /srv/www/{,**} r,
  /{,var/}run/web.pid rw,
}
END
cat > web.te <<'END'
module dockerweb 1.1;
require {
	type http_port_t;
	attribute domain, container_domain;
	role system_r;
	class tcp_socket { create bind listen accept read write getattr setopt node_bind name_bind };
	type node_t;
}
type webctr_t;
typeattribute webctr_t domain, container_domain;
role system_r types webctr_t;
allow webctr_t self:tcp_socket { create bind listen accept read write getattr setopt };
allow webctr_t node_t:tcp_socket node_bind;
allow webctr_t http_port_t:tcp_socket name_bind;
END
docker rm -f web
docker run -d --name web --label lab.role=web -p 8080:80 --read-only -v /srv/harbour:/srv:ro --tmpfs /srv/keys lab/web
