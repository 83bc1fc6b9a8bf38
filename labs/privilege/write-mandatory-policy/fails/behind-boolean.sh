#!/bin/bash
# fails: module-meaning module-allows-too-much
# The rule hides behind a switch that is off, today.
set -euo pipefail
cd /root/lsm
cat > web.te <<'END'
module dockerweb 1.0;

require {
	attribute domain;
	type container_file_t, http_port_t, node_t, dockerd_t, container_runtime_t;
	role system_r;
	class file { read open getattr };
	class tcp_socket { create bind listen accept read write name_bind node_bind };
	class sock_file write;
	class process transition;
}

type webctr_t;
typeattribute webctr_t domain;
role system_r types webctr_t;

allow dockerd_t webctr_t:process transition;
allow webctr_t container_file_t:file { read open getattr };
allow webctr_t self:tcp_socket { create bind listen accept read write };
allow webctr_t http_port_t:tcp_socket name_bind;
allow webctr_t node_t:tcp_socket node_bind;
bool web_maintenance false;
if (web_maintenance) {
	allow webctr_t container_runtime_t:sock_file write;
}
END
