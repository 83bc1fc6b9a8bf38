#!/bin/bash
# fails: module-builds module-breaks-neverallow
# fails: module-meaning module-breaks-neverallow
# The compiler takes this rule; the policy as a whole does not.
set -euo pipefail
cd /root/lsm
cat > web.te <<'END'
module dockerweb 1.0;

require {
	attribute domain;
	type container_file_t, http_port_t, node_t, dockerd_t, shadow_t;
	role system_r;
	class file { read open getattr };
	class tcp_socket { create bind listen accept read write name_bind node_bind };
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
allow webctr_t shadow_t:file { read open };
END
