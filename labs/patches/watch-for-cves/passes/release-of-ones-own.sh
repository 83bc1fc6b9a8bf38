#!/bin/bash
# The shop gets a release of its own, the tide table a runtime that lives, everything runs hardened, and Renovate is set by hand.
set -euo pipefail
registry=registry.lab:5000/harbour
cd /srv/harbour
docker pull -q $registry/shop:1.2.1
printf 'FROM %s\nLABEL org.opencontainers.image.version=1.2.2\n' $registry/shop:1.2.1 | docker build -q -t $registry/shop:1.2.2 -
printf 'FROM %s AS old\nFROM lab/node22\nCOPY --from=old /app /app\nWORKDIR /app\nUSER node\nCMD ["node", "server.js"]\n' $registry/tide:latest | docker build -q -t $registry/tide:2.1.0 -
docker push -q $registry/shop:1.2.2
docker push -q $registry/tide:2.1.0
docker pull -q $registry/crane:0.9.1
docker pull -q $registry/board:1.3.0
pin() { echo "$registry/$1@$(docker image inspect -f '{{index .RepoDigests 0}}' "$registry/$1" | cut -d @ -f 2)"; }
cat >compose.yaml <<END
x-service: &service
  env_file: harbour.env
  cap_drop: [ALL]
  cap_add: [NET_BIND_SERVICE]
  security_opt: ['no-new-privileges:true']
  read_only: true
  restart: unless-stopped
services:
  laden: { <<: *service, image: '$(pin shop:1.2.2)', labels: { lab.role: shop }, ports: ['8080:80'] }
  tide: { <<: *service, image: '$(pin tide:2.1.0)', labels: { lab.role: tide }, ports: ['8081:80'] }
  crane: { <<: *service, image: '$(pin crane:0.9.1)', labels: { lab.role: crane }, ports: ['8082:80'] }
  board: { <<: *service, image: '$(pin board:1.3.0)', labels: { lab.role: board }, ports: ['8083:80'] }
END
docker compose up -d --remove-orphans

cat >.renovaterc <<'END'
{
  "extends": ["config:recommended"],
  "docker-compose": { "pinDigests": true },
  "schedule": ["* 0-5 * * 1"],
  "ignoreDeps": ["postgres"],
  "packageRules": [{ "matchPackageNames": ["**"], "matchUpdateTypes": ["major"], "enabled": false }]
}
END

mkdir -p /etc/sv/watch /var/cache/cves
cat >/etc/sv/watch/run <<'END'
#!/bin/bash
# Looks at what Docker does: each start of a container and each new archive is a reason to scan, and so is half a minute without one.
exec 2>&1
cd /var/cache/cves
scan() {
  tar -xf "$(ls -r /srv/advisories/*.tar | head -n 1)" || return
  docker ps -q --no-trunc | while read -r id; do
    trivy --cache-dir /var/cache/cves image --skip-db-update --offline-scan --image-src docker -q --scanners vuln -f json "$(docker inspect -f '{{.Image}}' "$id" | cut -c 8-)" |
      jq -c --argjson container "$(docker inspect "$id")" '{ container: $container[0], found: [.Results[]?.Vulnerabilities[]?] }'
  done | jq -s --slurpfile exploited known-exploited.json --slurpfile ends end-of-life.json '
    INDEX($exploited[0].vulnerabilities[]; .cveID) as $kev
    | {
        generatedAt: (now | todate),
        containers: map({
          name: .container.Name[1:], imageId: .container.Image,
          findings: [.found[] | {
            id: .VulnerabilityID,
            priority: (if (.FixedVersion // "") == "" then "watch"
              elif .Severity == "CRITICAL" or $kev[.VulnerabilityID] != null then "now"
              elif .Severity == "HIGH" then "soon" else "watch" end) }],
          endOfLife: [(.container.Config.Env // [])[] | select(startswith("NODE_VERSION=")) | ltrimstr("NODE_VERSION=") | split(".")[0] as $line
            | { product: "nodejs", cycle: $line, date: $ends[0].nodejs[$line] } | select(.date and .date < (now | strftime("%Y-%m-%d")))]
        })
      }' >/srv/watch/.report && mv /srv/watch/.report /srv/watch/report.json
}
while :; do
  reason=$(docker ps -q; ls -l --time-style=full-iso /srv/advisories)
  if [ "$reason" != "$last" ] || [ "$((SECONDS % 30))" -lt 2 ]; then last=$reason; scan; fi
  sleep 2
done
END
chmod +x /etc/sv/watch/run
ln -s /etc/sv/watch /etc/service/watch
until [ -e /srv/watch/report.json ]; do sleep 1; done
