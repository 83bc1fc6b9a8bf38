import type { Lab } from '#lab';

export const tasks = {
  rescans: {
    title: {
      de: 'Ein Job scannt von selbst, was läuft, und findet neue Lücken binnen 20 Sekunden',
      en: 'A job scans what runs by itself and finds new vulnerabilities within 20 seconds',
    },
    points: 30,
    onRequest: true,
    hints: [
      {
        de: 'Was läuft wirklich? `docker ps -q --no-trunc | xargs docker inspect -f "{{.Name}} {{.Image}}"`. Der Tag in der Compose-Datei sagt das nicht: `registry.lab:5000/harbour/shop:latest` ist in der Registry schon ein anderes Image.',
        en: 'What runs, really? `docker ps -q --no-trunc | xargs docker inspect -f "{{.Name}} {{.Image}}"`. The tag in the Compose file does not say: `registry.lab:5000/harbour/shop:latest` is another image in the registry already.',
      },
      {
        de: 'Entpacke das letzte Archiv aus /srv/advisories und lege seinen Ordner db in ein Cache-Verzeichnis, das bleibt: `TRIVY_CACHE_DIR=/var/cache/watch trivy image --skip-db-update --offline-scan --image-src docker --scanners vuln --format json IMAGE-ID` (ohne `sha256:`). Was Trivy einmal ausgepackt hat, steht dann im Cache, und der nächste Scan dauert Bruchteile einer Sekunde.',
        en: 'Unpack the last archive of /srv/advisories and put its folder db into a cache directory that stays: `TRIVY_CACHE_DIR=/var/cache/watch trivy image --skip-db-update --offline-scan --image-src docker --scanners vuln --format json IMAGE-ID` (without `sha256:`). What Trivy has unpacked once is then in the cache, and the next scan takes a fraction of a second.',
      },
      {
        de: 'Dauerhaft läuft es als Dienst von runit: eine Schleife in /etc/sv/cve-watch/run (ausführbar: `while :; do /srv/watch/report.sh; sleep 10; done`), dann `ln -s /etc/sv/cve-watch /etc/service/`. Schreibe den Bericht in eine zweite Datei und ersetze ihn mit mv, damit niemand einen halben liest.',
        en: 'It runs permanently as a service of runit: a loop in /etc/sv/cve-watch/run (executable: `while :; do /srv/watch/report.sh; sleep 10; done`), then `ln -s /etc/sv/cve-watch /etc/service/`. Write the report to a second file and replace it with mv, so that nobody reads half of one.',
      },
      {
        de: "Das Gerüst: `for c in $(docker ps -q --no-trunc); do trivy image --quiet --scanners vuln --format json ID > scan.json; docker inspect $c | jq --slurpfile scan scan.json '.[0] | { name: .Name[1:], imageId: .Image, findings: [$scan[0].Results[]?.Vulnerabilities[]? | { id: .VulnerabilityID }], endOfLife: [] }'; done | jq -s '{ generatedAt: (now | todate), containers: . }'`",
        en: "The frame: `for c in $(docker ps -q --no-trunc); do trivy image --quiet --scanners vuln --format json ID > scan.json; docker inspect $c | jq --slurpfile scan scan.json '.[0] | { name: .Name[1:], imageId: .Image, findings: [$scan[0].Results[]?.Vulnerabilities[]? | { id: .VulnerabilityID }], endOfLife: [] }'; done | jq -s '{ generatedAt: (now | todate), containers: . }'`",
      },
    ],
  },
  priorities: {
    title: {
      de: 'Jede Lücke im Bericht hat die richtige Priorität: now, soon oder watch',
      en: 'Every vulnerability in the report has the right priority: now, soon or watch',
    },
    points: 20,
    onRequest: true,
    hints: [
      {
        de: 'Frag zuerst, ob es eine Korrektur gibt: In Trivys JSON fehlt sonst FixedVersion. Ohne Korrektur kannst du nichts einspielen, also watch.',
        en: 'Ask first whether there is a fix: otherwise FixedVersion is missing from Trivy’s JSON. Without a fix there is nothing to install, hence watch.',
      },
      {
        de: 'Die Schwere allein reicht nicht. CVE-2020-11023 in jquery ist MEDIUM, steht aber auf der Liste der ausgenutzten Lücken: `jq -r ".vulnerabilities[].cveID" known-exploited.json`. Das Feld heißt dort cveID.',
        en: 'Severity alone is not enough. CVE-2020-11023 in jquery is MEDIUM, yet it is on the list of exploited vulnerabilities: `jq -r ".vulnerabilities[].cveID" known-exploited.json`. The field is called cveID there.',
      },
      {
        de: '`if (.FixedVersion // "") == "" then "watch" elif .Severity == "CRITICAL" or ($known | index($id)) then "now" elif .Severity == "HIGH" then "soon" else "watch" end`',
        en: '`if (.FixedVersion // "") == "" then "watch" elif .Severity == "CRITICAL" or ($known | index($id)) then "now" elif .Severity == "HIGH" then "soon" else "watch" end`',
      },
    ],
  },
  'end-of-life': {
    title: { de: 'Der Bericht nennt Laufzeitumgebungen, für die es keine Korrekturen mehr gibt', en: 'The report names runtimes that get no more fixes' },
    points: 15,
    onRequest: true,
    hints: [
      {
        de: 'Kein Scanner meldet das: Trivy kennt Lücken in Paketen, nicht das Ende einer Linie. Welches Node in einem Image steckt, sagen die Images hier selbst: `docker inspect -f "{{.Config.Env}}" tide`.',
        en: 'No scanner reports this: Trivy knows vulnerabilities in packages, not the end of a line. Which Node is in an image is said here by the image itself: `docker inspect -f "{{.Config.Env}}" tide`.',
      },
      {
        de: 'Nimm von NODE_VERSION die Zahl vor dem ersten Punkt, such sie in end-of-life.json unter nodejs, und vergleiche das Datum mit heute. Nur was vorbei ist, kommt in den Bericht.',
        en: 'Take the number before the first dot of NODE_VERSION, look it up in end-of-life.json below nodejs, and compare the date with today. Only what is over gets into the report.',
      },
      {
        de: '`endOfLife: [.Config.Env[]? | capture("^NODE_VERSION=(?<cycle>[0-9]+)") | .cycle as $c | { product: "nodejs", cycle: $c, date: $ends[0].nodejs[$c] } | select(.date != null and .date < (now | todate))]` mit `--slurpfile ends end-of-life.json`',
        en: '`endOfLife: [.Config.Env[]? | capture("^NODE_VERSION=(?<cycle>[0-9]+)") | .cycle as $c | { product: "nodejs", cycle: $c, date: $ends[0].nodejs[$c] } | select(.date != null and .date < (now | todate))]` with `--slurpfile ends end-of-life.json`',
      },
    ],
  },
  pinned: {
    title: {
      de: 'Alle vier Dienste laufen aus Version und Digest, und so steht es auch in der Compose-Datei',
      en: 'All four services run from a version and a digest, and the Compose file says so',
    },
    points: 20,
    hints: [
      {
        de: 'Welche Versionen es gibt, weiß die Registry: `curl http://registry.lab:5000/v2/harbour/tide/tags/list`.',
        en: 'Which versions there are is known to the registry: `curl http://registry.lab:5000/v2/harbour/tide/tags/list`.',
      },
      {
        de: 'Den Digest einer Version zeigt `docker pull registry.lab:5000/harbour/tide:2.0.4`. In die Compose-Datei gehört beides: `image: registry.lab:5000/harbour/tide:2.0.4@sha256:…`. Die Version lesen Menschen und Bots, den Digest liest Docker.',
        en: '`docker pull registry.lab:5000/harbour/tide:2.0.4` shows the digest of a version. The Compose file wants both: `image: registry.lab:5000/harbour/tide:2.0.4@sha256:…`. The version is for people and bots, the digest is for Docker.',
      },
      {
        de: '`cd /srv/harbour; for s in tide:2.0.4 crane:0.9.1 board:1.3.0 shop:1.2.1; do docker pull -q registry.lab:5000/harbour/$s; d=$(docker image inspect -f "{{index .RepoDigests 0}}" registry.lab:5000/harbour/$s); sed -i "s|harbour/${s%:*}:.*|harbour/$s@${d#*@}|" compose.yaml; done; docker compose up -d`',
        en: '`cd /srv/harbour; for s in tide:2.0.4 crane:0.9.1 board:1.3.0 shop:1.2.1; do docker pull -q registry.lab:5000/harbour/$s; d=$(docker image inspect -f "{{index .RepoDigests 0}}" registry.lab:5000/harbour/$s); sed -i "s|harbour/${s%:*}:.*|harbour/$s@${d#*@}|" compose.yaml; done; docker compose up -d`',
      },
    ],
  },
  'shop-updated': {
    title: {
      de: 'Der Laden ist repariert, der Rückweg offen, und alle vier Dienste arbeiten',
      en: 'The shop is mended, the way back open, and all four services work',
    },
    points: 25,
    hints: [
      {
        de: 'Die Korrektur ist veröffentlicht: `curl http://registry.lab:5000/v2/harbour/shop/tags/list`. Sie läuft nur noch nicht.',
        en: 'The fix is published: `curl http://registry.lab:5000/v2/harbour/shop/tags/list`. It just does not run yet.',
      },
      {
        de: 'Setze in compose.yaml shop:1.2.1 mit Digest ein und führe `docker compose up -d` aus. Lass shop:1.2.0 in der Registry, was es ist: Wer zurück muss, braucht genau dieses Image.',
        en: 'Put shop:1.2.1 with its digest into compose.yaml and run `docker compose up -d`. Leave shop:1.2.0 in the registry what it is: whoever has to go back needs exactly that image.',
      },
    ],
  },
  'update-bot': {
    title: {
      de: 'Ein Update-Bot ist so eingestellt, dass er die Images der Compose-Datei erneuert (geprüft wird die Datei)',
      en: 'An update bot is set to renew the images of the Compose file (the file is what is checked)',
    },
    points: 20,
    hints: [
      {
        de: 'Nimm Renovate (/srv/harbour/renovate.json) oder Dependabot (/srv/harbour/.github/dependabot.yml). Was der Bot erneuern soll, steht in einer Compose-Datei, nicht in einem Dockerfile.',
        en: 'Take Renovate (/srv/harbour/renovate.json) or Dependabot (/srv/harbour/.github/dependabot.yml). What the bot is to renew is in a Compose file, not in a Dockerfile.',
      },
      {
        de: 'Bei Renovate legt die Vorlage config:best-practices auch Digests fest, und schedule sagt, wann. Bei Dependabot heißt das package-ecosystem docker-compose; dazu directory und schedule.',
        en: 'With Renovate the preset config:best-practices also pins digests, and schedule says when. With Dependabot the package-ecosystem is called docker-compose; directory and schedule go with it.',
      },
      {
        de: '`echo \'{ "extends": ["config:best-practices"], "schedule": ["before 6am on monday"] }\' > /srv/harbour/renovate.json`',
        en: '`echo \'{ "extends": ["config:best-practices"], "schedule": ["before 6am on monday"] }\' > /srv/harbour/renovate.json`',
      },
    ],
  },
} as const satisfies Lab['tasks'];
