#!/bin/bash
# fails: module-builds module-without-type
# fails: module-meaning module-without-type
# Everything lies in a block that the linker leaves out, because no policy knows the type it asks for.
set -euo pipefail
cd /root/lsm
cat > web.te <<'END'
module dockerweb 1.0;
require {
	role system_r;
}
optional {
	require {
		type type_of_another_distribution_t;
		attribute domain;
	}
	type webctr_t;
	typeattribute webctr_t domain;
}
END
