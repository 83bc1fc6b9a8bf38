import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L4.4',
  title: { de: 'Torwächter CI', en: 'Gatekeeper CI' },
  summary: {
    de: 'Die Pipeline des Hafens baut, was man ihr gibt, und liefert es aus. Gib ihr etwas, das sie bereut, und bring ihr dann bei, nein zu sagen.',
    en: 'The harbour’s pipeline builds whatever it is given and ships it. Give it something that it regrets, and then teach it to say no.',
  },
  minutes: 60,
  difficulty: 3,
  needs: [],
  checkLimitSeconds: 90,
  attack: {
    title: {
      de: 'Reiche einen Beitrag ein, dessen Vorschau dir /run/secrets/password zeigt',
      en: 'Hand in a contribution whose preview shows you /run/secrets/password',
    },
    points: 20,
    hints: [
      {
        de: 'Die Vorschau hängt das Passwort des Hafens in jeden Container ein. Nur root darf die Datei lesen. Wer bestimmt, als wer dein Container läuft?',
        en: 'The preview mounts the harbour’s password into every container. Only root may read the file. Who decides as whom your container runs?',
      },
      {
        de: 'Ein Dockerfile ohne USER läuft als root. Lege eine CGI-Datei nach /usr/lib/app/cgi-bin/, die `cat /run/secrets/password` ausführt, und packe sie mit Dockerfile und VERSION ein.',
        en: 'A Dockerfile without USER runs as root. Put a CGI file into /usr/lib/app/cgi-bin/ that does `cat /run/secrets/password`, and pack it together with Dockerfile and VERSION.',
      },
      {
        de: '`tar -cz Dockerfile VERSION peek | curl --data-binary @- http://dockerhost:9000/cgi-bin/preview`, dann `curl http://dockerhost:8080/cgi-bin/peek`.',
        en: '`tar -cz Dockerfile VERSION peek | curl --data-binary @- http://dockerhost:9000/cgi-bin/preview`, then `curl http://dockerhost:8080/cgi-bin/peek`.',
      },
    ],
  },
  tasks: {
    'good-passes': {
      title: {
        de: 'Was in Ordnung ist, wird ausgeliefert, samt Stückliste in /srv/ci/out',
        en: 'What is in order is shipped, with its bill of materials in /srv/ci/out',
      },
      points: 45,
      onRequest: true,
      hints: [
        {
          de: 'Ausgeliefert wird jetzt schon. Es fehlt die Stückliste (SBOM): Morgen wird eine Lücke bekannt, und dann willst du wissen, in welchem Image das Paket steckt, ohne alle zu ziehen.',
          en: 'Shipping works already. What is missing is the bill of materials (SBOM): tomorrow a vulnerability becomes known, and you will want to know which image holds the package without pulling all of them.',
        },
        {
          de: '`trivy image --format cyclonedx --output DATEI IMAGE` schreibt sie. Der Dateiname enthält den Digest, unter dem die Registry das Image hat. Den kennt Docker nach dem Push: `docker image inspect --format "{{index .RepoDigests 0}}"`.',
          en: '`trivy image --format cyclonedx --output FILE IMAGE` writes it. The file name holds the digest under which the registry has the image. Docker knows it after the push: `docker image inspect --format "{{index .RepoDigests 0}}"`.',
        },
        {
          de: '`digest=$(docker image inspect --format "{{index .RepoDigests 0}}" "$image")`, dann `trivy image --quiet --format cyclonedx --output "/srv/ci/out/$name-${digest#*@}.cdx.json" "$image"`. Am Anfang des Skripts: `. /etc/profile.d/trivy.sh`.',
          en: '`digest=$(docker image inspect --format "{{index .RepoDigests 0}}" "$image")`, then `trivy image --quiet --format cyclonedx --output "/srv/ci/out/$name-${digest#*@}.cdx.json" "$image"`. At the beginning of the script: `. /etc/profile.d/trivy.sh`.',
        },
      ],
    },
    'vulnerable-stops': {
      title: {
        de: 'Schwere Lücken mit Korrektur halten das Image auf, solche ohne nicht',
        en: 'Serious vulnerabilities that have a fix hold the image back, those without do not',
      },
      points: 35,
      onRequest: true,
      hints: [
        {
          de: 'Die Reihenfolge ist: bauen, prüfen, pushen. Probiere es mit /srv/ci/samples/vuln und /srv/ci/samples/unfixed.',
          en: 'The order is: build, look, push. Try it with /srv/ci/samples/vuln and /srv/ci/samples/unfixed.',
        },
        {
          de: '`--exit-code 1` lässt Trivy scheitern, wenn es etwas findet, `--severity HIGH,CRITICAL` sagt, wovon, `--ignore-unfixed` lässt weg, wofür es keine Korrektur gibt. `set -e` beendet das Skript dann von selbst, in einer Pipe aber nur mit `pipefail`, und weder vor `|| true` noch hinter `!`.',
          en: '`--exit-code 1` makes Trivy fail when it finds something, `--severity HIGH,CRITICAL` says of what kind, `--ignore-unfixed` leaves out what has no fix. `set -e` then ends the script by itself, in a pipe only with `pipefail`, and neither before `|| true` nor after `!`.',
        },
        {
          de: 'Zwischen build und push: `trivy image --quiet --scanners vuln,secret --image-config-scanners secret --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 "$image"`.',
          en: 'Between build and push: `trivy image --quiet --scanners vuln,secret --image-config-scanners secret --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 "$image"`.',
        },
      ],
    },
    'secret-stops': {
      title: {
        de: 'Geheimnisse halten das Image auf, auch in einer gelöschten Datei oder in ENV',
        en: 'Secrets hold the image back, in a deleted file or in ENV as well',
      },
      points: 25,
      onRequest: true,
      hints: [
        {
          de: 'Trivy sucht auch nach Schlüsseln und Tokens, und zwar in jeder Schicht eines Images. Sieh dir das Dockerfile von /srv/ci/samples/secret an.',
          en: 'Trivy looks for keys and tokens as well, in every layer of an image. Look at the Dockerfile of /srv/ci/samples/secret.',
        },
        {
          de: '`--scanners secret` durchsucht die Dateien der Schichten. ENV ist keine Datei, sondern steht in der Konfiguration des Images: Dafür gibt es `--image-config-scanners secret`.',
          en: '`--scanners secret` searches the files of the layers. ENV is not a file, it is in the configuration of the image: for that there is `--image-config-scanners secret`.',
        },
        {
          de: 'Ein Aufruf für alles: `trivy image --scanners vuln,secret --image-config-scanners secret … --exit-code 1 "$image"`.',
          en: 'One call for all: `trivy image --scanners vuln,secret --image-config-scanners secret … --exit-code 1 "$image"`.',
        },
      ],
    },
    'root-stops': {
      title: { de: 'Ein Image, das als root läuft, wird aufgehalten', en: 'An image that runs as root is held back' },
      points: 15,
      onRequest: true,
      hints: [
        {
          de: 'Das ist der Fehler, den dein Angriff ausgenutzt hat. Wo steht in einem fertigen Image, als wer es läuft?',
          en: 'This is the mistake that your attack made use of. Where does a finished image say as whom it runs?',
        },
        {
          de: '`docker image inspect --format "{{.Config.User}}" IMAGE` nennt den Benutzer, der am Ende gilt. Leer heißt root, `0` heißt root, `0:0` auch. `trivy config` liest nur das Dockerfile.',
          en: '`docker image inspect --format "{{.Config.User}}" IMAGE` names the user that counts in the end. Empty means root, `0` means root, and so does `0:0`. `trivy config` reads only the Dockerfile.',
        },
        {
          de: '`user=$(docker image inspect --format "{{.Config.User}}" "$image")`, dann `case ${user%%:*} in "" | 0 | root) echo "runs as root" >&2; exit 1 ;; esac`.',
          en: '`user=$(docker image inspect --format "{{.Config.User}}" "$image")`, then `case ${user%%:*} in "" | 0 | root) echo "runs as root" >&2; exit 1 ;; esac`.',
        },
      ],
    },
    'exceptions-expire': {
      title: { de: 'Ausnahmen gelten nur mit letztem Tag, und nur bis dahin', en: 'Exceptions hold only with a last day, and only until then' },
      points: 20,
      onRequest: true,
      hints: [
        {
          de: 'Ausnahmen stehen in der Datei .trivyignore des Repositorys, eine je Zeile: `CVE-2022-29078 exp:2027-01-31`. Trivy sucht diese Datei dort, wo es gestartet wird.',
          en: 'Exceptions are in the file .trivyignore of the repository, one a line: `CVE-2022-29078 exp:2027-01-31`. Trivy looks for that file where it is started.',
        },
        {
          de: '`--ignorefile "$dir/.trivyignore"` nimmt die des Repositorys. Den letzten Tag beachtet Trivy selbst. Eine Zeile ohne `exp:` musst du ablehnen, denn Trivy nimmt sie.',
          en: '`--ignorefile "$dir/.trivyignore"` takes the one of the repository. Trivy itself heeds the last day. A line without `exp:` is for you to refuse, because Trivy accepts it.',
        },
        {
          de: 'Vor dem Scan: `if [ -f "$dir/.trivyignore" ] && grep -vE "^(#|$)|exp:[0-9]{4}-[0-9]{2}-[0-9]{2}$" "$dir/.trivyignore"; then echo "exception without a last day" >&2; exit 1; fi`.',
          en: 'Before the scan: `if [ -f "$dir/.trivyignore" ] && grep -vE "^(#|$)|exp:[0-9]{4}-[0-9]{2}-[0-9]{2}$" "$dir/.trivyignore"; then echo "exception without a last day" >&2; exit 1; fi`.',
        },
      ],
    },
    'clair-report': {
      title: {
        de: '/srv/ci/clair-gate.sh entscheidet nach derselben Regel über Berichte von Clair',
        en: '/srv/ci/clair-gate.sh decides on Clair’s reports by the same rule',
      },
      points: 10,
      bonus: true,
      onRequest: true,
      hints: [
        {
          de: 'Ein Bericht von Clair v4 hat zwei Verzeichnisse: `vulnerabilities` (jede Lücke unter einer Nummer) und `package_vulnerabilities` (zu jedem Paket eine Liste solcher Nummern). Es zählt, was zu einem Paket gehört. Ein Beispiel: /srv/ci/samples/clair.json.',
          en: 'A report of Clair v4 has two maps: `vulnerabilities` (each one under a number) and `package_vulnerabilities` (for each package a list of such numbers). What counts is what belongs to a package. An example: /srv/ci/samples/clair.json.',
        },
        {
          de: '`normalized_severity` ist High oder Critical, und `fixed_in_version` ist nicht leer: dann aufhalten. `jq --exit-status` endet mit 0, wenn sein Ergebnis true ist.',
          en: '`normalized_severity` is High or Critical, and `fixed_in_version` is not empty: then hold back. `jq --exit-status` ends with 0 when its result is true.',
        },
        {
          de: '`jq -e \'.vulnerabilities as $v | [.package_vulnerabilities[][] | $v[.] | select(.normalized_severity == "High" or .normalized_severity == "Critical") | select((.fixed_in_version // "") != "")] | length == 0\' "$1"`',
          en: '`jq -e \'.vulnerabilities as $v | [.package_vulnerabilities[][] | $v[.] | select(.normalized_severity == "High" or .normalized_severity == "Critical") | select((.fixed_in_version // "") != "")] | length == 0\' "$1"`',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
