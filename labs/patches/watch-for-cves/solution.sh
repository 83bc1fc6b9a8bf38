#!/bin/bash
set -euo pipefail

# The watch: a service that looks every five seconds whether there is news, and reports once a minute in any case.
cat >/srv/watch/report.sh <<'END'
#!/bin/bash
set -euo pipefail
work=/var/cache/watch
rm -rf "$work/facts"
mkdir -p "$work/facts" "$work/db"
tar -xf "$1" -C "$work/facts"
cp "$work"/facts/db/* "$work/db/"
export TRIVY_CACHE_DIR=$work TRIVY_SKIP_DB_UPDATE=true TRIVY_OFFLINE_SCAN=true TRIVY_IMAGE_SRC=docker

for container in $(docker ps -q --no-trunc); do
  image=$(docker inspect -f '{{.Image}}' "$container")
  trivy image --quiet --scanners vuln --format json "${image#sha256:}" >"$work/scan.json"
  docker inspect "$container" | jq --slurpfile scan "$work/scan.json" --slurpfile exploited "$work/facts/known-exploited.json" --slurpfile ends "$work/facts/end-of-life.json" '
    [$exploited[0].vulnerabilities[].cveID] as $known
    | .[0]
    | {
        name: .Name[1:],
        imageId: .Image,
        findings: [
          $scan[0].Results[]?.Vulnerabilities[]?
          | (.FixedVersion // "") as $fixed
          | .VulnerabilityID as $id
          | {
              id: $id, package: .PkgName, severity: .Severity, fixed: (if $fixed == "" then null else $fixed end),
              priority: (
                if $fixed == "" then "watch"
                elif .Severity == "CRITICAL" or ($known | index($id)) then "now"
                elif .Severity == "HIGH" then "soon"
                else "watch" end)
            }
        ],
        endOfLife: [
          .Config.Env[]? | capture("^NODE_VERSION=(?<cycle>[0-9]+)") | .cycle as $cycle
          | { product: "nodejs", cycle: $cycle, date: $ends[0].nodejs[$cycle] }
          | select(.date != null and .date < (now | todate))
        ]
      }'
done | jq --slurp '{ generatedAt: (now | todate), containers: . }' >/srv/watch/report.new
mv /srv/watch/report.new /srv/watch/report.json
END
chmod +x /srv/watch/report.sh

mkdir -p /etc/sv/cve-watch
cat >/etc/sv/cve-watch/run <<'END'
#!/bin/bash
while :; do
  feed=$(ls /srv/advisories/*.tar | tail -n 1)
  now="$feed $(docker ps -q --no-trunc)"
  if [ "$now" != "$seen" ] || [ $((SECONDS - last)) -ge 60 ]; then
    /srv/watch/report.sh "$feed" && seen=$now last=$SECONDS
  fi
  sleep 5
done
END
chmod +x /etc/sv/cve-watch/run

# A version and a digest for everything, and the mended shop.
cd /srv/harbour
for service in tide:2.0.4 crane:0.9.1 board:1.3.0 shop:1.2.1; do
  docker pull -q "registry.lab:5000/harbour/$service"
  digest=$(docker image inspect -f '{{index .RepoDigests 0}}' "registry.lab:5000/harbour/$service")
  sed -i "s|harbour/${service%:*}:.*|harbour/$service@${digest#*@}|" compose.yaml
done
docker compose up -d

cat >renovate.json <<'END'
{
  "$schema": "https://docs.renovatebot.com/renovate-schema.json",
  "extends": ["config:best-practices"],
  "enabledManagers": ["docker-compose"],
  "schedule": ["before 6am on monday"],
  "packageRules": [{ "matchUpdateTypes": ["digest", "patch"], "automerge": true }]
}
END

ln -s /etc/sv/cve-watch /etc/service/cve-watch
until [ -e /srv/watch/report.json ]; do sleep 1; done
