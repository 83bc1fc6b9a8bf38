#!/bin/bash
# fails: vulnerable-stops refused-without-error
# fails: root-stops refused-without-error
# It does not ship, and says that all went well.
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
docker build -q -t "$image" "$dir"
[ -n "$(docker image inspect --format "{{.Config.User}}" "$image")" ] || exit 0
if trivy image -q --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 "$image"; then docker push -q "$image"; else echo "not shipped"; fi
END
