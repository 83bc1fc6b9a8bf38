import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L3.1',
  title: { de: 'USER, bitte!', en: 'USER, Please!' },
  summary: {
    de: 'Ein Upload-Dienst nach einem bekannten Dockerfile, nur die letzte Zeile hat jemand vergessen: USER. Ein hochgeladenes Programm macht dich zu root auf dem Docker-Host.',
    en: 'An upload service built from a well-known Dockerfile, except that somebody forgot the last line: USER. One uploaded program makes you root on the Docker host.',
  },
  minutes: 40,
  difficulty: 1,
  needs: [],
  attack: {
    title: {
      de: 'Werde über den Upload root auf dem Docker-Host und lies /root/flag.txt',
      en: 'Become root on the Docker host through the upload and read /root/flag.txt',
    },
    points: 20,
    hints: [
      {
        de: 'Der Dienst übernimmt die Dateirechte aus dem Header X-Mode. Welche Rechte machen aus einem Programm eines, das mit den Rechten seines Besitzers läuft?',
        en: 'The service takes the file mode from the header X-Mode. Which mode makes a program run with the rights of its owner?',
      },
      {
        de: 'Lade /usr/local/lib/helpers/suidsh mit X-Mode 4755 hoch. Auf dem Docker-Host liegt es dann unter /srv/uploads und gehört root. Jetzt muss es dort nur noch jemand starten: dev.',
        en: 'Upload /usr/local/lib/helpers/suidsh with X-Mode 4755. On the Docker host it then lies in /srv/uploads and belongs to root. Now somebody there only has to start it: dev.',
      },
      {
        de: '`curl -H "X-Mode: 4755" --data-binary @/usr/local/lib/helpers/suidsh "http://dockerhost:8080/upload?name=suidsh"`, dann `nc dockerhost 2222` mit dem Passwort `Hafen-2019` und dort `/srv/uploads/suidsh cat /root/flag.txt`.',
        en: '`curl -H "X-Mode: 4755" --data-binary @/usr/local/lib/helpers/suidsh "http://dockerhost:8080/upload?name=suidsh"`, then `nc dockerhost 2222` with the password `Hafen-2019`, and there `/srv/uploads/suidsh cat /root/flag.txt`.',
      },
    ],
  },
  tasks: {
    'image-user': {
      title: { de: 'Das Image legt einen Benutzer fest, der nicht root ist', en: 'The image names a user who is not root' },
      points: 20,
      hints: [
        {
          de: 'appuser wird im Dockerfile zwar angelegt, aber nie benutzt. `docker image inspect --format "{{.Config.User}}" upload:1` zeigt, was das Image festlegt.',
          en: 'The Dockerfile creates appuser but never uses it. `docker image inspect --format "{{.Config.User}}" upload:1` shows what the image says.',
        },
        {
          de: 'Die Anweisung heißt USER und muss in der letzten Stufe des Dockerfiles stehen, hinter allem, was root noch braucht. Das Dockerfile zu ändern genügt nicht: Baue das Image neu und ersetze den Container.',
          en: 'The instruction is USER, and it belongs into the last stage of the Dockerfile, after everything that still needs root. Editing the Dockerfile is not enough: rebuild the image and replace the container.',
        },
        {
          de: 'Schreibe vor CMD die Zeile `USER appuser:appgroup`, dann `docker build -t upload:2 /srv/upload`, `docker rm -f upload` und starte den Container wie in /srv/upload/run.sh, aber mit upload:2.',
          en: 'Put the line `USER appuser:appgroup` before CMD, then `docker build -t upload:2 /srv/upload`, `docker rm -f upload`, and start the container as in /srv/upload/run.sh, but from upload:2.',
        },
      ],
    },
    'process-user': {
      title: { de: 'Kein Prozess des Containers ist root', en: 'No process of the container is root' },
      points: 20,
      hints: [
        {
          de: 'Was im Image steht, ist ein Vorsatz. Was läuft, zeigt `docker top upload -o pid,user,group,cmd` auf dem Docker-Host.',
          en: 'What the image says is an intention. What runs is shown by `docker top upload -o pid,user,group,cmd` on the Docker host.',
        },
        {
          de: 'Auch die Gruppe zählt: `USER 10001` ohne Gruppe und ohne Eintrag in /etc/passwd läuft mit der Gruppe 0. Schreibe `USER 10001:10001`.',
          en: 'The group counts as well: `USER 10001` without a group and without an entry in /etc/passwd runs with group 0. Write `USER 10001:10001`.',
        },
        {
          de: '`grep -E "^(Uid|Gid|Groups)" /proc/$(docker inspect -f "{{.State.Pid}}" upload)/status` darf nirgends eine 0 zeigen. Startet etwas im Container wieder als root (ein Einstiegsskript, ein setuid-Programm), nimm es heraus.',
          en: '`grep -E "^(Uid|Gid|Groups)" /proc/$(docker inspect -f "{{.State.Pid}}" upload)/status` must not show a 0 anywhere. If something in the container turns back into root (an entry script, a setuid program), take it out.',
        },
      ],
    },
    'code-protected': {
      title: { de: 'Der Dienst kann sein eigenes Programm nicht ändern', en: 'The service cannot change its own program' },
      points: 20,
      hints: [
        {
          de: 'Ein Name wie `../index.html` führt aus dem Upload-Verzeichnis heraus. Wem gehören die Dateien in /app, und wer darf in das Verzeichnis schreiben?',
          en: 'A name such as `../index.html` leads out of the upload directory. Who owns the files in /app, and who may write to the directory?',
        },
        {
          de: 'Lass /app root gehören. Der Benutzer des Dienstes braucht nur ein einziges Verzeichnis zum Schreiben: /app/uploads. Besitzen darf er vom Programm nichts, denn wer eine Datei besitzt, kann ihre Rechte ändern.',
          en: 'Let /app belong to root. The user of the service needs exactly one directory to write to: /app/uploads. He must own nothing of the program, for whoever owns a file can change its mode.',
        },
        {
          de: 'Im Dockerfile: `COPY . .` ohne --chown, dann `RUN mkdir -p uploads && chown appuser:appgroup uploads`, dann USER. Kein `chmod -R 777`, kein `chown -R` auf /app.',
          en: 'In the Dockerfile: `COPY . .` without --chown, then `RUN mkdir -p uploads && chown appuser:appgroup uploads`, then USER. No `chmod -R 777`, no `chown -R` on /app.',
        },
      ],
    },
    'host-safe': {
      title: { de: 'Ein Upload macht niemanden zu root auf dem Docker-Host', en: 'An upload makes nobody root on the Docker host' },
      points: 20,
      hints: [
        {
          de: 'Wem gehört /srv/uploads auf dem Host, und wem gehören die Dateien, die dort ankommen? Container und Host zählen Benutzer mit denselben Nummern.',
          en: 'Who owns /srv/uploads on the host, and who owns the files that arrive there? Container and host count users with the same numbers.',
        },
        {
          de: 'Lege im Image eine feste Nummer fest, zum Beispiel 10001, und gib das Verzeichnis auf dem Host dieser Nummer: `chown 10001:10001 /srv/uploads`. Ein benanntes Volume geht auch.',
          en: 'Fix a number in the image, 10001 for example, and give the directory on the host to that number: `chown 10001:10001 /srv/uploads`. A named volume works as well.',
        },
        {
          de: 'Denk an das, was der Angreifer schon hinterlassen hat: `find /srv/uploads -perm /6000 -delete`. Und starte den Container ohne --privileged.',
          en: 'Remember what the attacker has left behind: `find /srv/uploads -perm /6000 -delete`. And start the container without --privileged.',
        },
      ],
    },
    'no-helpers': {
      title: { de: 'Nichts im Container verleiht root-Rechte', en: 'Nothing in the container lends root’s rights' },
      points: 10,
      hints: [
        {
          de: 'Suche im Image nach Programmen, die mit den Rechten ihres Besitzers laufen: `docker run --rm upload:1 find / -xdev -perm /6000 -type f`.',
          en: 'Look in the image for programs that run with their owner’s rights: `docker run --rm upload:1 find / -xdev -perm /6000 -type f`.',
        },
        {
          de: 'Streiche die Zeile mit /usr/bin/maint aus dem Dockerfile. Brauchst du ein solches Programm doch, nimmt `--security-opt no-new-privileges` ihm die Wirkung.',
          en: 'Delete the line with /usr/bin/maint from the Dockerfile. If you do need such a program, `--security-opt no-new-privileges` takes away its effect.',
        },
      ],
    },
    'service-works': {
      title: { de: 'Hochladen und Herunterladen funktionieren weiter, ohne root', en: 'Uploading and downloading still work, without root' },
      points: 10,
      hints: [
        {
          de: 'Bekommst du beim Hochladen 403? Dann darf der Benutzer des Containers nicht in das Upload-Verzeichnis schreiben. `docker logs upload` zeigt, mit welcher Nummer der Dienst läuft.',
          en: 'Do uploads answer 403? Then the container’s user may not write to the upload directory. `docker logs upload` shows the number the service runs with.',
        },
        {
          de: 'Port 80 darfst du behalten: Docker erlaubt im Container auch gewöhnlichen Benutzern Ports unter 1024. Nach außen muss es Port 8080 bleiben.',
          en: 'You may keep port 80: inside a container Docker lets ordinary users open ports below 1024. To the outside it must stay port 8080.',
        },
      ],
    },
    'root-read-only': {
      title: { de: 'Das Wurzelverzeichnis des Containers ist nur lesbar', en: 'The container’s root directory is read-only' },
      points: 10,
      bonus: true,
      hints: [
        {
          de: 'Es gibt dafür eine Option von `docker run`. Was der Dienst schreiben muss, braucht dann einen eigenen Platz.',
          en: '`docker run` has an option for this. What the service must write then needs a place of its own.',
        },
        {
          de: '`--read-only --tmpfs /tmp`, dazu wie bisher `-v /srv/uploads:/app/uploads`.',
          en: '`--read-only --tmpfs /tmp`, and `-v /srv/uploads:/app/uploads` as before.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
