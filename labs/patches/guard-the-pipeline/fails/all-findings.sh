#!/bin/bash
# fails: vulnerable-stops unfixed-refused
# fails: exceptions-expire dated-refused
# Everything serious stops, whether it can be mended or not; and nobody may except anything.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
docker build -q -t "$image" "$dir"
trivy image -q --scanners vuln --severity HIGH,CRITICAL --exit-code 1 "$image"
docker push -q "$image"
END
