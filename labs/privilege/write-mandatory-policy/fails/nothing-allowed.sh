#!/bin/bash
# fails: profile-allows profile-blocks-service
# fails: module-meaning module-blocks-service
# The safest web server serves nobody.
set -euo pipefail
cd /root/lsm
cat > web.apparmor <<'END'
profile docker-web {
}
END
cat > web.te <<'END'
module dockerweb 1.0;
require {
	attribute domain;
	role system_r;
}
type webctr_t;
typeattribute webctr_t domain;
role system_r types webctr_t;
END
