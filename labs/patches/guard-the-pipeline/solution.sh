#!/bin/bash
set -euo pipefail

cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
# pipeline.sh DIR NAME: builds the repository in DIR, looks at the image, and ships it as registry.lab:5000/NAME:VERSION only when nothing speaks against it.
# Ends with 0 when it is shipped, with another status when it is not. The bill of materials of what was shipped is in /srv/ci/out.
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")

refuse() {
  echo "REFUSED: $*" >&2
  exit 1
}

# Exceptions are in DIR/.trivyignore, each with its last day.
exceptions=$dir/.trivyignore
[ -f "$exceptions" ] || exceptions=/dev/null
undated=$(sed 's/[[:space:]]*#.*//' "$exceptions" | grep -vE '^[[:space:]]*$|^CVE-[0-9]+-[0-9]+ +exp:[0-9]{4}-[0-9]{2}-[0-9]{2}[[:space:]]*$' || true)
[ -z "$undated" ] || refuse "exception without a last day (exp:YYYY-MM-DD): $undated"

docker build --quiet --tag "$image" "$dir"

user=$(docker image inspect --format '{{.Config.User}}' "$image")
case ${user%%:*} in '' | 0 | root) refuse "runs as root: set USER" ;; esac

trivy image --quiet --scanners vuln,secret --image-config-scanners secret --severity HIGH,CRITICAL --ignore-unfixed \
  --ignorefile "$exceptions" --exit-code 1 "$image" || refuse "see the findings above"

docker push --quiet "$image"
digest=$(docker image inspect --format '{{index .RepoDigests 0}}' "$image")
trivy image --quiet --format cyclonedx --output "/srv/ci/out/$name-${digest#*@}.cdx.json" "$image"
END

cat >/srv/ci/clair-gate.sh <<'END'
#!/bin/bash
# clair-gate.sh REPORT: ends with 0 when Clair's report (v4) names nothing High or Critical that has a fix.
set -euo pipefail
jq --exit-status '
  .vulnerabilities as $known
  | [.package_vulnerabilities[][] | $known[.] | select(.normalized_severity == "High" or .normalized_severity == "Critical") | select((.fixed_in_version // "") != "")]
  | length == 0' "$1" >/dev/null
END
chmod 755 /srv/ci/clair-gate.sh
