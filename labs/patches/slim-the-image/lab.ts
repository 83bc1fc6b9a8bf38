import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L4.2',
  title: { de: 'Schlankheitskur', en: 'Slim Down' },
  summary: {
    de: 'Der Berichtsdienst des Hafens braucht Node und eine Datei. Ausgeliefert wird er mit einem ganzen Debian, und ein Angreifer findet darin alles, was er sucht.',
    en: 'The harbour’s report service needs Node and one file. It is shipped with a whole Debian, and an attacker finds everything in it that he could wish for.',
  },
  minutes: 50,
  difficulty: 2,
  needs: [],
  checkLimitSeconds: 60,
  attack: {
    title: { de: 'Lies über den Export die Datei /app/secret/flag', en: 'Read the file /app/secret/flag through the export' },
    points: 20,
    hints: [
      {
        de: 'Der Name des Berichts landet in einem Shell-Befehl: `sort NAME`. Was passiert hinter einem Semikolon?',
        en: 'The name of the report ends up in a shell command: `sort NAME`. What happens behind a semicolon?',
      },
      {
        de: 'Sieh dich um: `file=x; id; ls /app /usr/bin`.',
        en: 'Look around: `file=x; id; ls /app /usr/bin`.',
      },
      {
        de: "`curl --get --data-urlencode 'file=x; cat /app/secret/flag' http://dockerhost:8080/export`",
        en: "`curl --get --data-urlencode 'file=x; cat /app/secret/flag' http://dockerhost:8080/export`",
      },
    ],
  },
  tasks: {
    'small-image': {
      title: { de: 'Der Dienst läuft aus einem Image von höchstens 140 MB', en: 'The service runs from an image of at most 140 MB' },
      points: 20,
      hints: [
        {
          de: '`docker history report:1.0` zeigt die Schichten, `docker run --rm report:1.0 du -xsh /usr /var /app` den Inhalt. Was davon braucht die App zur Laufzeit?',
          en: '`docker history report:1.0` shows the layers, `docker run --rm report:1.0 du -xsh /usr /var /app` the content. What of that does the app need at run time?',
        },
        {
          de: 'Ein Dockerfile darf mehrere FROM haben. Nur was hinter dem letzten steht, wird das Image; `COPY --from=build` holt das Ergebnis der ersten Stufe herüber.',
          en: 'A Dockerfile may have several FROM lines. Only what comes after the last one becomes the image; `COPY --from=build` fetches the result of the first stage.',
        },
        {
          de: 'Erste Stufe `FROM lab/debian-full AS build` mit `RUN node build.js`, zweite `FROM lab/distroless-node` mit `COPY --from=build /app/dist ./`. Danach bauen und den Container neu erzeugen.',
          en: 'First stage `FROM lab/debian-full AS build` with `RUN node build.js`, second `FROM lab/distroless-node` with `COPY --from=build /app/dist ./`. Then build, and create the container anew.',
        },
      ],
    },
    'no-tools': {
      title: {
        de: 'Keine Schicht des Images enthält Shell, Paketverwaltung oder andere Werkzeuge',
        en: 'No layer of the image holds a shell, package management or other tools',
      },
      points: 35,
      hints: [
        {
          de: 'Auch ein kleines Image kann eine Shell haben: BusyBox ist 2 MB groß und enthält sh, wget, nc und 250 andere.',
          en: 'A small image can have a shell, too: BusyBox is 2 MB in size and holds sh, wget, nc and 250 others.',
        },
        {
          de: '`RUN rm` legt nur einen Vermerk in eine neue Schicht; die alte bleibt. Umbenennen und `chmod` nützen auch nichts: Gesucht wird im Inhalt der Programme.',
          en: '`RUN rm` only puts a note into a new layer; the old one stays. Renaming and `chmod` are of no use either: the search goes by the content of programs.',
        },
        {
          de: 'Nimm als letzte Stufe `FROM lab/distroless-node` (oder `FROM scratch` mit node und seinen Bibliotheken, die `ldd` nennt) und kopiere nur /app/dist hinein.',
          en: 'As the last stage take `FROM lab/distroless-node` (or `FROM scratch` with node and the libraries that `ldd` names) and copy only /app/dist into it.',
        },
      ],
    },
    'few-packages': {
      title: {
        de: 'Der Scanner findet höchstens 15 Pakete und keine schwere Lücke, die sich beheben lässt',
        en: 'The scanner finds at most 15 packages and no serious vulnerability that has a fix',
      },
      points: 15,
      hints: [
        {
          de: '`trivy image --scanners vuln --severity HIGH,CRITICAL report:1.0` nennt ejs. `trivy image --format cyclonedx report:1.0 | jq \'[.components[] | select(.purl // "" | startswith("pkg:deb"))] | length\'` zählt die Pakete.',
          en: '`trivy image --scanners vuln --severity HIGH,CRITICAL report:1.0` names ejs. `trivy image --format cyclonedx report:1.0 | jq \'[.components[] | select(.purl // "" | startswith("pkg:deb"))] | length\'` counts the packages.',
        },
        {
          de: 'ejs wird nur beim Bauen gebraucht. Was nicht in die letzte Stufe kopiert wird, muss dort auch niemand aktualisieren.',
          en: 'ejs is needed only for building. What is not copied into the last stage does not have to be updated there by anybody.',
        },
        {
          de: 'Kopiere aus der ersten Stufe nur /app/dist. lab/distroless-node bringt die Liste seiner wenigen Pakete in /var/lib/dpkg/status.d mit; lass sie darin.',
          en: 'Copy only /app/dist from the first stage. lab/distroless-node brings the list of its few packages in /var/lib/dpkg/status.d; leave it there.',
        },
      ],
    },
    'not-root': {
      title: { de: 'Das Image startet nicht als root und nicht über eine Shell', en: 'The image starts neither as root nor by way of a shell' },
      points: 15,
      hints: [
        {
          de: "`docker image inspect --format '{{.Config.User}} {{.Config.Entrypoint}} {{.Config.Cmd}}' report:1.0`",
          en: "`docker image inspect --format '{{.Config.User}} {{.Config.Entrypoint}} {{.Config.Cmd}}' report:1.0`",
        },
        {
          de: '`CMD node server.js` heißt `/bin/sh -c "node server.js"`. `CMD ["node", "server.js"]` startet das Programm selbst; wo das Basis-Image schon einen ENTRYPOINT hat, sind es nur noch dessen Argumente.',
          en: '`CMD node server.js` means `/bin/sh -c "node server.js"`. `CMD ["node", "server.js"]` starts the program itself; where the base image already has an ENTRYPOINT, these are just its arguments.',
        },
        {
          de: 'lab/distroless-node hat `ENTRYPOINT ["/nodejs/bin/node"]` und einen Benutzer nonroot (65532): `USER nonroot` und `CMD ["server.js"]`.',
          en: 'lab/distroless-node has `ENTRYPOINT ["/nodejs/bin/node"]` and a user nonroot (65532): `USER nonroot` and `CMD ["server.js"]`.',
        },
      ],
    },
    'attack-blunt': {
      title: { de: 'Ein eingeschleuster Befehl läuft nicht', en: 'An injected command does not run' },
      points: 20,
      hints: [
        {
          de: 'Wiederhole den Angriff: `id`, `cat`, `sh`. Läuft noch etwas davon?',
          en: 'Repeat the attack: `id`, `cat`, `sh`. Does any of that still run?',
        },
        {
          de: 'Ein Filter auf das Semikolon reicht nicht: Zeilenumbruch, `|`, `&`, `$(…)` und Backticks tun es auch.',
          en: 'A filter for the semicolon is not enough: a line break, `|`, `&`, `$(…)` and backticks will do as well.',
        },
        {
          de: '`exec` übergibt seinen Text immer an eine Shell. Lies die Datei in src/server.js mit `readFile` und sortiere ihre Zeilen mit `.sort()`.',
          en: '`exec` always hands its text to a shell. In src/server.js read the file with `readFile` and sort its lines with `.sort()`.',
        },
      ],
    },
    'service-works': {
      title: {
        de: 'Auch aus dem schlanken Image liefert der Export Berichte mit sortierten Zeilen',
        en: 'From the slim image, too, the export delivers reports with their lines sorted',
      },
      points: 15,
      hints: [
        {
          de: '`docker logs report` und `curl "http://dockerhost:8080/export?file=quay-north.csv"` im Angreiferrechner. Ohne Shell und ohne `sort` scheitert der alte Code.',
          en: '`docker logs report`, and `curl "http://dockerhost:8080/export?file=quay-north.csv"` in the attacker box. Without a shell and without `sort` the old code fails.',
        },
        {
          de: "Ersetze in src/server.js die Funktion exportReport: `readFile(join(reports, basename(file)), 'utf8', …)`, dann `text.trimEnd().split('\\n').sort()`.",
          en: "In src/server.js replace the function exportReport: `readFile(join(reports, basename(file)), 'utf8', …)`, then `text.trimEnd().split('\\n').sort()`.",
        },
        {
          de: '`readFile` kommt aus node:fs, `basename` aus node:path. Baue neu, `docker rm -f report`, dann `bash /srv/report/run.sh report:2.0`. Der Ordner /srv/reports bleibt unter /data eingehängt.',
          en: '`readFile` comes from node:fs, `basename` from node:path. Build again, `docker rm -f report`, then `bash /srv/report/run.sh report:2.0`. The folder /srv/reports stays mounted on /data.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
