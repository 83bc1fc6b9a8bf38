#!/bin/bash
# fails: exceptions-expire undated-accepted
# Trivy heeds a last day where there is one, and demands none.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
ignore=$dir/.trivyignore
[ -f "$ignore" ] || ignore=/dev/null
docker build -q -t "$image" "$dir"
trivy image -q --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --ignorefile "$ignore" --exit-code 1 "$image"
docker push -q "$image"
END
