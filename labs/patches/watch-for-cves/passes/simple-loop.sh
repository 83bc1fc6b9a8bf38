#!/bin/bash
# No state, no service manager: a loop in the background that scans everything every few seconds. Presets do the rest for Renovate.
set -euo pipefail
cd /srv/harbour
for name in shop:1.2.1 tide:2.0.4 crane:0.9.1 board:1.3.0; do
  digest=$(curl -sI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' "http://registry.lab:5000/v2/harbour/${name/://manifests/}" | tr -d '\r' | sed -n 's/^Docker-Content-Digest: //Ip')
  sed -i "s|harbour/${name%:*}:latest|harbour/$name@$digest|" compose.yaml
done
docker compose pull -q
docker compose up -d
mkdir .github
echo '{ "extends": ["config:recommended", "docker:pinDigests", "schedule:nonOfficeHours"] }' >.github/renovate.json

cd /srv/watch
ln -s /opt/trivy/fanal fanal
cat >scan.sh <<'END'
set -e
cd /srv/watch
for feed in /srv/advisories/*.tar; do :; done
tar --overwrite -xf "$feed"
{
  echo "{ \"generatedAt\": \"$(date -u +%FT%TZ)\", \"containers\": ["
  comma=
  for name in $(docker ps --format '{{.Names}}'); do
    image=$(docker inspect -f '{{.Image}}' "$name")
    echo "$comma { \"name\": \"$name\", \"imageId\": \"$image\", \"findings\":"
    trivy image --cache-dir . --skip-db-update --offline-scan --image-src docker --quiet --scanners vuln --format json "${image#*:}" |
      jq --slurpfile kev known-exploited.json 'def exploited: .VulnerabilityID | IN($kev[0].vulnerabilities[].cveID);
        [.Results[]? | .Vulnerabilities[]? | { id: .VulnerabilityID, priority:
          (if (.FixedVersion // "") == "" then "watch" elif exploited or .Severity == "CRITICAL" then "now" elif .Severity == "HIGH" then "soon" else "watch" end) }]'
    node=$(docker inspect -f '{{json .Config.Env}}' "$name" | grep -oP 'NODE_VERSION=\K\d+' || true)
    end=$(jq -r --arg node "$node" '.nodejs[$node] // empty' end-of-life.json)
    if [ -n "$end" ] && [[ "$end" < "$(date +%F)" ]]; then
      echo ", \"endOfLife\": [{ \"product\": \"nodejs\", \"cycle\": \"$node\", \"date\": \"$end\" }] }"
    else
      echo '}'
    fi
    comma=,
  done
  echo '] }'
} >report.part
jq . report.part >report.next
mv report.next report.json
END
while :; do bash scan.sh; sleep 6; done </dev/null &>/var/log/watch.log &
disown
until [ -e report.json ]; do sleep 1; done
