#!/bin/bash
# One complete report as JSON, kept, and the rules in jq; Trivy is asked once for the gate.
set -euo pipefail
cat >/srv/ci/rules.jq <<'END'
def excepted: ($exceptions | split("\n") | map(capture("^(?<id>CVE-[0-9-]+) exp:(?<day>[0-9-]{10})$")) | map(select(.day >= $today)) | map(.id)) as $ids
  | .VulnerabilityID as $id | $ids | index($id) != null;
[.Results[]?
  | (.Vulnerabilities[]? | select((.Severity == "HIGH" or .Severity == "CRITICAL") and (.FixedVersion // "") != "") | select(excepted | not) | .VulnerabilityID),
    (.Secrets[]? | .RuleID)]
END
cat >/srv/ci/pipeline.sh <<'END'
#!/bin/bash
set -euo pipefail
. /etc/profile.d/trivy.sh
dir=$1 name=$2
image=registry.lab:5000/$name:$(cat "$dir/VERSION")
exceptions=$(cat "$dir/.trivyignore" 2>/dev/null || true)
if grep -vE '^(#|$)|^CVE-[0-9-]+ exp:[0-9-]{10}$' <<<"$exceptions"; then echo 'exception without a last day' >&2; exit 4; fi
docker build --quiet --tag "$image" "$dir"
docker run --rm --entrypoint id "$image" -u | grep -qv '^0$' || exit 3
report=$(mktemp)
(cd / && trivy image --quiet --scanners vuln,secret --image-config-scanners secret --format json --output "$report" "$image")
findings=$(jq --compact-output --arg exceptions "$exceptions" --arg today "$(date +%F)" --from-file /srv/ci/rules.jq "$report")
[ "$findings" = '[]' ] || { echo "held back: $findings" >&2; exit 2; }
trivy image --quiet --format cyclonedx --output "$report.bill" "$image"
docker push --quiet "$image"
digest=$(docker image inspect --format '{{index .RepoDigests 0}}' "$image")
mv "$report.bill" "/srv/ci/out/$name-${digest#*@}.cdx.json"
mv "$report" "/srv/ci/out/$name-${digest#*@}.report.json"
docker rmi "$image" >/dev/null
END
