#!/bin/bash
# fails: good-passes good-refused
# fails: vulnerable-stops unfixed-refused
# fails: secret-stops good-refused
# fails: root-stops good-refused
# fails: exceptions-expire dated-refused
# A gate that never opens is safe, and useless.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
echo "REFUSED: $image" >&2
exit 1
END
