#!/bin/bash
# fails: vulnerable-stops pushed-anyway
# What was pushed is taken back when the scan does not like it. Until then anybody could pull it.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
docker build -q -t "$image" "$dir"
docker push -q "$image"
if ! trivy image -q --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 "$image"; then
  digest=$(docker image inspect --format "{{index .RepoDigests 0}}" "$image")
  curl -s -X DELETE "http://registry.lab:5000/v2/$name/manifests/${digest#*@}"
  exit 1
fi
END
