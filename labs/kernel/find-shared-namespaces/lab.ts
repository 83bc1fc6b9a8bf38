import type { Lab } from '#lab';

export default {
  label: 'L1.1',
  title: { de: 'Namespace-Detektiv', en: 'Namespace Detective' },
  summary: {
    de: 'Auf diesem Host laufen sechs Websites in sechs Containern. Fünf davon teilen sich heimlich etwas mit dem Host. Finde heraus, welche und was, nutze es aus und trenne sie.',
    en: 'Six websites run in six containers on this host. Five of them secretly share something with it. Find out which and what, exploit it, and take them apart.',
  },
  minutes: 35,
  difficulty: 1,
  needs: [],
  attack: {
    title: {
      de: 'Setze die Flag aus den vier Teilen zusammen, die vier der Websites verraten',
      en: 'Put the flag together from the four parts that four of the websites give away',
    },
    points: 30,
    hints: [
      {
        de: 'Jede Website führt Befehle aus: `/cgi-bin/run?cmd=…`. Du weißt noch nicht, welche was sieht, also schicke denselben Befehl an alle sechs. Der Text daneben tut das mit einer Schleife.',
        en: 'Every website runs commands: `/cgi-bin/run?cmd=…`. You do not know yet which one sees what, so send the same command to all six. The text beside this does it with a loop.',
      },
      {
        de: 'Gesucht sind: die Umgebungsvariablen fremder Prozesse (`/proc/*/environ`), eine Seite auf 127.0.0.1:9000 des Hosts, der gemeinsame Speicher in `/dev/shm` und die Datei `/root/flag.txt` des Hosts unter `/host`.',
        en: 'You are looking for: other processes’ environment variables (`/proc/*/environ`), a page on the host’s 127.0.0.1:9000, the shared memory in `/dev/shm`, and the host’s file `/root/flag.txt` below `/host`.',
      },
      {
        de: 'Die vier Befehle: `cat /proc/[0-9]*/environ`, `wget -qO- http://127.0.0.1:9000/`, `cat /dev/shm/*`, `cat /host/root/flag.txt`. Setze die Teile der Reihe nach in `FLAG{…}` ein, ohne Leerzeichen.',
        en: 'The four commands: `cat /proc/[0-9]*/environ`, `wget -qO- http://127.0.0.1:9000/`, `cat /dev/shm/*`, `cat /host/root/flag.txt`. Put the parts into `FLAG{…}` in their order, without blanks.',
      },
    ],
  },
  tasks: {
    'own-pid': {
      title: { de: 'pid: Kein Container sieht fremde Prozesse', en: 'pid: no container sees the processes of others' },
      points: 14,
      hints: [
        {
          de: 'Gleiche Nummer heißt gemeinsam. Vergleiche `readlink /proc/1/ns/pid` auf dem Host mit der Nummer jedes Containers.',
          en: 'The same number means shared. Compare `readlink /proc/1/ns/pid` on the host with the number of each container.',
        },
        {
          de: '`docker inspect -f "{{.Name}} {{.HostConfig.PidMode}}" $(docker ps -q)` zeigt, wer mit `--pid=host` gestartet wurde.',
          en: '`docker inspect -f "{{.Name}} {{.HostConfig.PidMode}}" $(docker ps -q)` shows who was started with `--pid=host`.',
        },
        {
          de: 'Ist es zum Beispiel web-3: `docker rm -f web-3`, dann `docker run -d --name web-3 --label lab.role=web-3 --env-file /srv/web.env -p 8103:80 -v /srv/web-3:/www:ro lab/app web web-3`. Für die anderen entsprechend.',
          en: 'If it is web-3, for example: `docker rm -f web-3`, then `docker run -d --name web-3 --label lab.role=web-3 --env-file /srv/web.env -p 8103:80 -v /srv/web-3:/www:ro lab/app web web-3`. The others likewise.',
        },
      ],
    },
    'own-net': {
      title: { de: 'net: Kein Container benutzt das Netz des Hosts', en: 'net: no container uses the host’s network' },
      points: 14,
      hints: [
        {
          de: 'Wer im Netz des Hosts lebt, hat auch dessen 127.0.0.1. Und er braucht keinen veröffentlichten Port: Sieh dir die Spalte PORTS von `docker ps` an.',
          en: 'Whoever lives in the host’s network has its 127.0.0.1 as well. And needs no published port: look at the column PORTS of `docker ps`.',
        },
        {
          de: '`docker inspect -f "{{.Name}} {{.HostConfig.NetworkMode}}" $(docker ps -q)`. Ohne `--network=host` braucht der neue Container `-p`.',
          en: '`docker inspect -f "{{.Name}} {{.HostConfig.NetworkMode}}" $(docker ps -q)`. Without `--network=host` the new container needs `-p`.',
        },
        {
          de: 'Mit `-p 810N:80` und ohne `--network=host` neu starten. Die Portnummer am Ende des alten Befehls fällt weg: Im eigenen Netz ist Port 80 frei.',
          en: 'Start it again with `-p 810N:80` and without `--network=host`. The port number at the end of the old command goes: in a network of its own, port 80 is free.',
        },
      ],
    },
    'own-ipc': {
      title: { de: 'ipc: Kein Container sieht den gemeinsamen Speicher des Hosts', en: 'ipc: no container sees the host’s shared memory' },
      points: 14,
      hints: [
        {
          de: 'Lege auf dem Host eine Datei in `/dev/shm` an. In welchem Container taucht sie auf?',
          en: 'Create a file in `/dev/shm` on the host. In which container does it turn up?',
        },
        {
          de: '`docker inspect -f "{{.Name}} {{.HostConfig.IpcMode}}" $(docker ps -q)`',
          en: '`docker inspect -f "{{.Name}} {{.HostConfig.IpcMode}}" $(docker ps -q)`',
        },
        {
          de: 'Ohne `--ipc=host` neu starten. Docker nimmt dann `private`: einen eigenen, leeren Speicher.',
          en: 'Start it again without `--ipc=host`. Docker then takes `private`: a memory of its own, and empty.',
        },
      ],
    },
    'own-uts': {
      title: { de: 'uts: Kein Container kann den Host umbenennen', en: 'uts: no container can rename the host' },
      points: 14,
      hints: [
        {
          de: 'Fünf der Container haben eine lange Nummer als Hostnamen. Und der sechste? Frage alle mit `hostname`.',
          en: 'Five of the containers have a long number as their host name. And the sixth? Ask all of them with `hostname`.',
        },
        {
          de: '`docker inspect -f "{{.Name}} {{.HostConfig.UTSMode}} {{.HostConfig.CapAdd}}" $(docker ps -q)`. Es sind zwei Optionen: die gemeinsamen Namen und das Recht, sie zu ändern.',
          en: '`docker inspect -f "{{.Name}} {{.HostConfig.UTSMode}} {{.HostConfig.CapAdd}}" $(docker ps -q)`. There are two options: the shared names, and the right to change them.',
        },
        {
          de: 'Ohne `--uts=host` und ohne `--cap-add SYS_ADMIN` neu starten.',
          en: 'Start it again without `--uts=host` and without `--cap-add SYS_ADMIN`.',
        },
      ],
    },
    'own-mnt': {
      title: { de: 'mnt: Kein Container sieht fremde Dateien des Hosts', en: 'mnt: no container sees files of the host that are none of its business' },
      points: 14,
      hints: [
        {
          de: 'Dieser Fall steht nicht in den Nummern: Der Container hat einen eigenen Mount-Namespace, aber darin ein Loch. Suche unter den eingehängten Verzeichnissen.',
          en: 'This one is not in the numbers: the container has a mount namespace of its own, but with a hole in it. Look among the mounted directories.',
        },
        {
          de: '`docker inspect -f "{{.Name}} {{.HostConfig.Binds}}" $(docker ps -q)`. Eine Website braucht nur ihren eigenen Ordner: `/srv/web-N`.',
          en: '`docker inspect -f "{{.Name}} {{.HostConfig.Binds}}" $(docker ps -q)`. A website needs nothing but its own folder: `/srv/web-N`.',
        },
        {
          de: 'Ohne `-v /:/host` neu starten. `:ro` genügt nicht: Zum Lesen der Geheimnisse muss niemand schreiben.',
          en: 'Start it again without `-v /:/host`. `:ro` is not enough: nobody has to write in order to read secrets.',
        },
      ],
    },
    'case-file': {
      title: { de: 'Die Akte `/root/case.txt` stimmt', en: 'The case file `/root/case.txt` is right' },
      points: 10,
      bonus: true,
      hints: [
        {
          de: 'Fülle sie aus, bevor du aufräumst: `nano /root/case.txt`. Hinter jeden Doppelpunkt gehört ein Wort.',
          en: 'Fill it in before you clean up: `nano /root/case.txt`. Each colon is followed by one word.',
        },
        {
          de: 'Die letzte Zeile fragt nach dem Namespace, dessen Nummer bei allen Containern die des Hosts ist, auch beim sauberen.',
          en: 'The last line asks for the namespace whose number is the host’s in every container, the clean one included.',
        },
        {
          de: 'Schon alles neu gestartet? Welche Website was teilte, steht nirgends mehr: Setze das Labor zurück oder erinnere dich an deine Angriffe. Die letzte Zeile heißt `all: user`.',
          en: 'Everything restarted already? Which website shared what is not recorded anywhere: reset the lab, or remember your attacks. The last line reads `all: user`.',
        },
      ],
    },
  },
  messages: {
    'host-pid': {
      de: 'Mindestens ein Container sieht die Prozesse des Docker-Hosts und aller anderen Container. Starte ihn ohne `--pid=host` und ohne das `/proc` des Hosts.',
      en: 'At least one container sees the processes of the Docker host and of all other containers. Start it without `--pid=host`, and without the host’s `/proc`.',
    },
    'host-net': {
      de: 'Mindestens ein Container benutzt das Netz des Docker-Hosts. Starte ihn ohne `--network=host` und veröffentliche seinen Port mit `-p`.',
      en: 'At least one container uses the Docker host’s network. Start it without `--network=host`, and publish its port with `-p`.',
    },
    'host-ipc': {
      de: 'Mindestens ein Container sieht den gemeinsamen Speicher des Docker-Hosts. Starte ihn ohne `--ipc=host` und ohne dessen `/dev/shm`.',
      en: 'At least one container sees the Docker host’s shared memory. Start it without `--ipc=host`, and without the host’s `/dev/shm`.',
    },
    'host-uts': {
      de: 'Mindestens ein Container hat denselben Hostnamen wie der Docker-Host, und zwar nicht als Kopie. Starte ihn ohne `--uts=host`.',
      en: 'At least one container has the Docker host’s own host name, not a copy of it. Start it without `--uts=host`.',
    },
    'sys-admin': {
      de: 'Eine Website hat noch SYS_ADMIN, die mächtigste aller Capabilities. Sie brauchte es nur, um Namen zu ändern: Starte sie ohne `--cap-add` und ohne `--privileged`.',
      en: 'A website still has SYS_ADMIN, the most powerful capability of all. It was there only to change names: start it without `--cap-add` and without `--privileged`.',
    },
    'host-files': {
      de: 'Mindestens ein Container sieht Dateien des Docker-Hosts, die ihn nichts angehen. Auch nur lesbar ist das zu viel.',
      en: 'At least one container sees files of the Docker host that are none of its business. Even read-only, that is too much.',
    },
    'shared-with-neighbour': {
      de: 'Nicht mehr mit dem Host geteilt, aber mit einem anderen Container. Jeder soll einen eigenen Namespace haben.',
      en: 'No longer shared with the host, but with another container. Each one is to have a namespace of its own.',
    },
    'loopback-reached': {
      de: 'Eine Website erreicht einen Dienst, der nur auf 127.0.0.1 des Docker-Hosts lauscht.',
      en: 'A website reaches a service that listens on the Docker host’s 127.0.0.1 only.',
    },
    'canary-read': {
      de: 'Über eine der Websites ließ sich soeben eine Datei aus `/root` des Docker-Hosts lesen.',
      en: 'Through one of the websites a file in the Docker host’s `/root` could be read just now.',
    },
    'ran-elsewhere': {
      de: 'Die Website sieht sauber aus, aber ihre Befehle laufen anderswo: Hinter dem Container antwortet noch etwas anderes.',
      en: 'The website looks clean, but its commands run elsewhere: something else answers from behind the container.',
    },
    'app-changed': {
      de: 'Die Website führt Befehle nicht mehr aus. Das Programm gehört hier jemand anderem: Ändere nicht, was es tut, sondern was es erreicht. Es braucht `--env-file /srv/web.env`.',
      en: 'The website no longer runs commands. The program belongs to somebody else here: do not change what it does but what it can reach. It needs `--env-file /srv/web.env`.',
    },
    'not-genuine': {
      de: 'Auf dem Port antwortet nicht die Website von vorhin. Hast du `--env-file /srv/web.env` vergessen?',
      en: 'It is not the website from before that answers on the port. Did you forget `--env-file /srv/web.env`?',
    },
    'page-missing': {
      de: 'Die Website antwortet, zeigt aber nicht mehr ihre Seite aus `/srv/web-N/index.html`.',
      en: 'The website answers but no longer shows its page from `/srv/web-N/index.html`.',
    },
    silent: {
      de: 'Ein Container läuft, antwortet aber auf seinem Port nicht. Ein Dienst, den niemand erreicht, ist abgeschaltet und nicht abgesichert.',
      en: 'A container runs but does not answer on its port. A service nobody can reach is switched off, not hardened.',
    },
    'case-open': {
      de: 'In der Akte `/root/case.txt` fehlen noch Antworten.',
      en: 'Some answers in the case file `/root/case.txt` are still missing.',
    },
    'case-wrong': {
      de: 'In der Akte `/root/case.txt` stimmt noch nicht alles.',
      en: 'Not everything in the case file `/root/case.txt` is right yet.',
    },
  },
} as const satisfies Lab;
