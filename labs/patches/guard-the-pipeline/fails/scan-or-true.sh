#!/bin/bash
# fails: vulnerable-stops high-shipped
# fails: secret-stops deleted-secret-shipped
# fails: good-passes no-bill
# It looks, and ships whatever it has seen.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
docker build -q -t "$image" "$dir"
trivy image -q --scanners vuln,secret --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 "$image" || true
docker push -q "$image"
END
