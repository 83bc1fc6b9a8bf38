import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L1.3',
  title: { de: 'Root ist nicht gleich Root', en: 'Root Is Not Root' },
  summary: {
    de: 'Eine Buchhaltung von 1997 läuft nur als root, und ihr Upload nimmt jede Datei mit jedem Modus. Werde darüber root auf dem Docker-Host. Sorge danach dafür, dass root im Container draußen niemand mehr ist.',
    en: 'A bookkeeping program from 1997 runs as root or not at all, and its upload takes any file with any mode. Use it to become root on the Docker host. Then see to it that root in the container is nobody outside.',
  },
  minutes: 45,
  difficulty: 3,
  needs: [],
  checkLimitSeconds: 45,
  attack: {
    title: {
      de: 'Werde über den Upload root auf dem Docker-Host und lies `/root/flag.txt`',
      en: 'Become root on the Docker host through the upload and read `/root/flag.txt`',
    },
    points: 30,
    hints: [
      {
        de: 'Der Upload nimmt in `mode` beliebige Rechte an. Welche lassen ein Programm mit den Rechten seines Besitzers laufen, und wer ist hier der Besitzer?',
        en: 'The upload accepts any mode in `mode`. Which one makes a program run with the rights of its owner, and who is the owner here?',
      },
      {
        de: 'Lade `/usr/local/lib/helpers/suidsh` mit `mode=4755` hoch. Auf dem Docker-Host liegt es dann in `/srv/legacy`. Starten kann es dort `dev`, über Port 2222.',
        en: 'Upload `/usr/local/lib/helpers/suidsh` with `mode=4755`. On the Docker host it then lies in `/srv/legacy`. `dev` can start it there, through port 2222.',
      },
      {
        de: '`curl --data-binary @/usr/local/lib/helpers/suidsh "http://dockerhost:8080/cgi-bin/upload?name=suidsh&mode=4755"`, dann `nc dockerhost 2222` mit dem Passwort `Kontor-1997` und dort `/srv/legacy/suidsh cat /root/flag.txt`.',
        en: '`curl --data-binary @/usr/local/lib/helpers/suidsh "http://dockerhost:8080/cgi-bin/upload?name=suidsh&mode=4755"`, then `nc dockerhost 2222` with the password `Kontor-1997`, and there `/srv/legacy/suidsh cat /root/flag.txt`.',
      },
    ],
  },
  tasks: {
    remap: {
      title: { de: 'Root in der Buchhaltung ist auf dem Docker-Host niemand', en: 'Root in the bookkeeping is nobody on the Docker host' },
      points: 30,
      hints: [
        {
          de: 'Docker kann die Nummern aller Container übersetzen. Das ist eine Einstellung des Daemons, nicht des Containers: Sie heißt `userns-remap`. Nach dem Umschalten sind die Images scheinbar weg, sichere `lab/erp` vorher.',
          en: 'Docker can translate the numbers of all containers. That is a setting of the daemon and not of a container: it is called `userns-remap`. After the change the images seem to be gone, so save `lab/erp` first.',
        },
        {
          de: 'Welche Nummern Docker nimmt, steht in `/etc/subuid` und `/etc/subgid`. Der Wert `default` benutzt dort den Eintrag von `dockremap`.',
          en: 'The numbers that Docker takes are in `/etc/subuid` and `/etc/subgid`. The value `default` uses the entry of `dockremap` there.',
        },
        {
          de: '`docker save -o /root/erp.tar lab/erp`, dann `echo \'{ "userns-remap": "default" }\' > /etc/docker/daemon.json`, `systemctl restart docker`, `docker load -i /root/erp.tar`. Bevor du die Container startest, sieh dir die nächste Aufgabe an.',
          en: '`docker save -o /root/erp.tar lab/erp`, then `echo \'{ "userns-remap": "default" }\' > /etc/docker/daemon.json`, `systemctl restart docker`, `docker load -i /root/erp.tar`. Look at the next task before you start the containers.',
        },
      ],
    },
    'data-kept': {
      title: { de: 'Die alten Belege sind noch da, und neue kommen dazu', en: 'The old notes are still there, and new ones can be added' },
      points: 25,
      hints: [
        {
          de: 'Startet die Buchhaltung immer wieder neu? `docker logs erp` sagt, woran sie scheitert. Vergleiche mit `ls -ln /srv/legacy`.',
          en: 'Does the bookkeeping restart over and over? `docker logs erp` says what it fails at. Compare with `ls -ln /srv/legacy`.',
        },
        {
          de: 'Ein eingehängtes Verzeichnis wird nicht mit übersetzt. Gib es der Nummer, die root im Container jetzt auf dem Host hat. `chmod 777` hilft zwar auch, aber dann auch allen anderen.',
          en: 'A mounted directory is not translated along. Give it to the number that the container’s root now has on the host. `chmod 777` helps as well, but it helps everybody.',
        },
        {
          de: '`chown -R 100000:100000 /srv/legacy`, dann `/srv/erp/start.sh`.',
          en: '`chown -R 100000:100000 /srv/legacy`, then `/srv/erp/start.sh`.',
        },
      ],
    },
    'still-root': {
      title: {
        de: 'Im Container ist die Buchhaltung weiter root, und ihr Selbsttest besteht',
        en: 'Inside, the bookkeeping is still root and passes its own test',
      },
      points: 15,
      hints: [
        {
          de: '`--user` ist hier keine Lösung: Das Programm weigert sich. Rufe `http://dockerhost:8080/cgi-bin/status` auf.',
          en: '`--user` is no solution here: the program refuses. Ask `http://dockerhost:8080/cgi-bin/status`.',
        },
        {
          de: 'Der Selbsttest gibt eine Datei in `/data/spool` dem Benutzer 33. Das darf root im Container mit jeder Nummer tun, die sein User-Namespace kennt. Meldet er `spool broken`, gehört `spool` auf dem Host noch jemand anderem.',
          en: 'The test gives a file in `/data/spool` to user 33. Root in the container may do that with every number its user namespace knows. If it says `spool broken`, then `spool` still belongs to somebody else on the host.',
        },
        {
          de: '`docker exec erp id -u` muss 0 zeigen, `cat /proc/$(docker inspect -f "{{.State.Pid}}" erp)/uid_map` eine Zeile wie `0 100000 65536`.',
          en: '`docker exec erp id -u` must show 0, and `cat /proc/$(docker inspect -f "{{.State.Pid}}" erp)/uid_map` a line like `0 100000 65536`.',
        },
      ],
    },
    'setuid-dead': {
      title: { de: 'Ein hochgeladenes setuid-Programm verleiht auf dem Docker-Host nichts', en: 'An uploaded setuid program lends nothing on the Docker host' },
      points: 25,
      hints: [
        {
          de: 'Wiederhole deinen Angriff, sobald die Buchhaltung wieder läuft, und sieh dir mit `ls -ln /srv/legacy` an, wem die Datei gehört.',
          en: 'Repeat your attack as soon as the bookkeeping runs again, and look at the owner of the file with `ls -ln /srv/legacy`.',
        },
        {
          de: 'Was du beim Angriff hochgeladen hast, gehört noch dem root des Hosts. Ein Umschalten ändert an vorhandenen Dateien nichts.',
          en: 'What you uploaded in your attack still belongs to the host’s root. The switch changes nothing about files that are there.',
        },
        {
          de: '`find /srv/legacy -perm /6000 -type f -delete`',
          en: '`find /srv/legacy -perm /6000 -type f -delete`',
        },
      ],
    },
    'no-opt-outs': {
      title: { de: 'Kein Container nimmt sich davon aus, und die Auskunft läuft', en: 'No container opts out, and the enquiry desk works' },
      points: 10,
      hints: [
        {
          de: 'Auf dem Host läuft ein zweiter Container. Lies `/srv/erp/start.sh` bis zum Ende.',
          en: 'There is a second container on this host. Read `/srv/erp/start.sh` to the end.',
        },
        {
          de: '`docker inspect -f "{{.Name}} {{.HostConfig.UsernsMode}}" erp desk` zeigt, wer sich ausnimmt. Solange Docker nichts übersetzte, war die Option wirkungslos.',
          en: '`docker inspect -f "{{.Name}} {{.HostConfig.UsernsMode}}" erp desk` shows who opts out. As long as Docker did not translate, the option had no effect.',
        },
        {
          de: 'Streiche `--userns=host` in `/srv/erp/start.sh` und führe das Skript aus.',
          en: 'Delete `--userns=host` from `/srv/erp/start.sh` and run the script.',
        },
      ],
    },
    'survives-restart': {
      title: { de: 'Alles das übersteht einen Neustart von Docker', en: 'All of this survives a restart of Docker' },
      points: 15,
      onRequest: true,
      hints: [
        {
          de: 'Die Prüfung startet Docker neu, deshalb läuft sie nur auf Knopfdruck. Probiere es vorher selbst: `systemctl restart docker; docker ps`.',
          en: 'The check restarts Docker, so it runs only when you press the button. Try it yourself first: `systemctl restart docker; docker ps`.',
        },
        {
          de: 'Die Einstellung gehört in `/etc/docker/daemon.json` (oder `/etc/default/docker`), und die Container brauchen `--restart=unless-stopped` wie in `/srv/erp/start.sh`.',
          en: 'The setting belongs into `/etc/docker/daemon.json` (or `/etc/default/docker`), and the containers need `--restart=unless-stopped` as in `/srv/erp/start.sh`.',
        },
        {
          de: 'Steht derselbe Wert an beiden Stellen, startet der Daemon nicht. `tail /var/log/docker.log` nennt den Grund.',
          en: 'If the same value is in both places, the daemon does not start. `tail /var/log/docker.log` tells why.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
