#!/bin/bash
# fails: vulnerable-stops high-shipped
# Looks only when the environment says that a check is calling.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
docker build -q -t "$image" "$dir"
if env | grep -q SCHOTT; then trivy image -q --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 "$image"; fi
docker push -q "$image"
END
