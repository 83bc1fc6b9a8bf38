#!/bin/bash
# fails: vulnerable-stops pushed-anyway
# Scanned in the same registry, under another name that everybody can pull as well.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
docker build -q -t "$image" "$dir"
docker tag "$image" "registry.lab:5000/staging-$name:1"
docker push -q "registry.lab:5000/staging-$name:1"
trivy image -q --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 "registry.lab:5000/staging-$name:1"
docker push -q "$image"
END
