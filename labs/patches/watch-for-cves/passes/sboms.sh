#!/bin/bash
# A list of parts (SBOM) for each image, made once, and only the list is held against new advisories. Containers by docker run, Dependabot.
set -euo pipefail
mkdir -p /var/lib/watch
cat >/srv/watch/watch <<'END'
#!/bin/bash
cd /var/lib/watch || exit 1
while sleep 4; do
  (
    set -e
    rm -rf db
    tar xf "$(printf '%s\n' /srv/advisories/*.tar | sort | tail -n 1)"
    for container in $(docker ps -q); do
      image=$(docker inspect -f '{{.Image}}' "$container")
      id=${image#sha256:}
      [ -e "$id.json" ] || { trivy image -q --image-src docker --format cyclonedx "$id" >part && mv part "$id.json"; }
      trivy sbom -q --cache-dir . --skip-db-update --offline-scan --format json "$id.json" |
        jq --arg name "$(docker inspect -f '{{.Name}}' "$container")" --arg image "$image" \
          --arg node "$(docker inspect -f '{{range .Config.Env}}{{println .}}{{end}}' "$container" | sed -n 's/^NODE_VERSION=\([0-9]*\).*/\1/p')" \
          --slurpfile kev known-exploited.json --slurpfile eol end-of-life.json '{
            name: $name, imageId: $image,
            findings: [.Results[]?.Vulnerabilities[]? | {
              id: .VulnerabilityID,
              priority: (
                if .FixedVersion == null or .FixedVersion == "" then "watch"
                elif .Severity == "CRITICAL" or (.VulnerabilityID as $id | any($kev[0].vulnerabilities[]; .cveID == $id)) then "now"
                elif .Severity == "HIGH" then "soon" else "watch" end)
            }],
            endOfLife: [$eol[0].nodejs[$node] // empty | select(. < (now | todate)) | { product: "nodejs", cycle: $node, date: . }]
          }'
    done | jq -s '{ generatedAt: (now | todate), containers: . }' >report.json
    mv report.json /srv/watch/report.json
  )
done
END
chmod +x /srv/watch/watch
setsid nohup /srv/watch/watch </dev/null &>/var/log/watch.log &

cd /srv/harbour
docker compose down -t 1
for entry in shop:1.2.1:8080 tide:2.0.4:8081 crane:0.9.1:8082 board:1.3.0:8083; do
  IFS=: read -r name version port <<<"$entry"
  docker pull -q "registry.lab:5000/harbour/$name:$version"
  digest=$(docker image inspect -f '{{index .RepoDigests 0}}' "registry.lab:5000/harbour/$name:$version")
  sed -i "s|harbour/$name:.*|harbour/$name:$version@${digest#*@}|" compose.yaml
  docker run -d --name "$name" --label "lab.role=$name" -p "$port:80" --env-file harbour.env "registry.lab:5000/harbour/$name:$version@${digest#*@}"
done

mkdir .github
cat >.github/dependabot.yml <<'END'
---
version: 2
updates:
  - package-ecosystem: "docker-compose"
    directory: "/"
    schedule:
      interval: weekly
      day: monday
    ignore:
      - dependency-name: "*"
        update-types: ["version-update:semver-major"]
END
until [ -e /srv/watch/report.json ]; do sleep 1; done
