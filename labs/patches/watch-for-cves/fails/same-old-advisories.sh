#!/bin/bash
# fails: rescans not-rescanned
# fails: priorities not-rescanned
# The job runs all the time, with the advisories of the day on which it was written.
set -euo pipefail
mkdir -p /var/cache/watch
cp -r /opt/trivy/fanal /var/cache/watch/
cp "$(ls /srv/advisories/*.tar | tail -n 1)" /var/cache/watch/advisories.tar
cat >/srv/watch/report.sh <<'END'
set -e
cd /var/cache/watch
tar -xf advisories.tar
export TRIVY_CACHE_DIR=$PWD TRIVY_SKIP_DB_UPDATE=true TRIVY_OFFLINE_SCAN=true TRIVY_IMAGE_SRC=docker
for container in $(docker ps -q); do
  image=$(docker inspect -f '{{.Image}}' $container | cut -d : -f 2)
  trivy image --quiet --scanners vuln --format json "$image" >scan.json
  docker inspect $container | jq --slurpfile scan scan.json '.[0] | {
    name: .Name, imageId: .Image,
    findings: [$scan[0].Results[]?.Vulnerabilities[]? | { id: .VulnerabilityID, priority: "watch" }],
    endOfLife: []
  }'
done | jq -s '{ generatedAt: (now | todate), containers: . }' >new.json
mv new.json /srv/watch/report.json
END
setsid bash -c 'while :; do bash /srv/watch/report.sh; sleep 3; done' </dev/null &>/dev/null &
until [ -e /srv/watch/report.json ]; do sleep 1; done
