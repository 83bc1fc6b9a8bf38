import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L1.4',
  title: { de: 'Festung Host', en: 'Fortress Host' },
  summary: {
    de: 'Du übernimmst einen Docker-Host von einem eiligen Kollegen: ein Socket für alle, ein vergessener Dienst, ein Daemon mit Einstellungen vom ersten Tag. Bring ihn auf den Stand der CIS-Empfehlungen, und lass den Shop weiterlaufen.',
    en: 'You inherit a Docker host from a hurried colleague: a socket for everybody, a forgotten service, a daemon with settings from day one. Bring it up to the CIS recommendations and keep the shop running.',
  },
  minutes: 40,
  difficulty: 2,
  needs: [],
  checkLimitSeconds: 60,
  attack: {
    title: {
      de: 'Finde den vergessenen Dienst, werde über ihn root auf dem Docker-Host und lies /root/flag.txt',
      en: 'Find the forgotten service, become root on the Docker host through it, and read /root/flag.txt',
    },
    points: 20,
    hints: [
      {
        de: 'Der Shop auf Port 8080 ist nicht der einzige Dienst, der von außen erreichbar ist. `nc -zv -w 2 dockerhost 8081-8179` sucht die Ports darüber ab.',
        en: 'The shop on port 8080 is not the only service that can be reached from outside. `nc -zv -w 2 dockerhost 8081-8179` searches the ports above it.',
      },
      {
        de: 'Der Dienst zeigt Verzeichnisse an: `/cgi-bin/list?dir=.`. Was du als `dir` angibst, landet in einer Shell. Ein Strichpunkt beginnt einen neuen Befehl. Als wer läuft er, und was darf dieser Benutzer?',
        en: 'The service lists folders: `/cgi-bin/list?dir=.`. What you give as `dir` ends up in a shell. A semicolon starts a new command. As whom does it run, and what may that user do?',
      },
      {
        de: 'Wer mit dem Docker-Socket sprechen darf, ist root: `curl --get --data-urlencode "dir=; docker run --rm -v /:/host --entrypoint cat lab/app /host/root/flag.txt" http://dockerhost:PORT/cgi-bin/list`.',
        en: 'Whoever may talk to the Docker socket is root: `curl --get --data-urlencode "dir=; docker run --rm -v /:/host --entrypoint cat lab/app /host/root/flag.txt" http://dockerhost:PORT/cgi-bin/list`.',
      },
    ],
  },
  tasks: {
    'socket-closed': {
      title: { de: 'Der Docker-Socket steht nicht mehr allen offen', en: 'The Docker socket is no longer open to everybody' },
      points: 20,
      hints: [
        {
          de: '`stat /run/docker.sock /run/containerd/containerd.sock` zeigt die Rechte. Docker selbst legt seinen Socket mit 0660 an. Wer ändert das nach jedem Start?',
          en: '`stat /run/docker.sock /run/containerd/containerd.sock` shows the permissions. Docker itself makes its socket with 0660. Who changes that after each start?',
        },
        {
          de: 'Lies `/etc/sv/docker/run`: Es führt alles aus, was in `/etc/sv/docker/run.d` liegt. Dort steckt die „Reparatur“ deines Kollegen.',
          en: 'Read `/etc/sv/docker/run`: it executes whatever lies in `/etc/sv/docker/run.d`. Your colleague’s “fix” is in there.',
        },
        {
          de: '`rm /etc/sv/docker/run.d/90-permissions`, `chmod 660 /run/containerd/containerd.sock`, dann `systemctl restart docker`.',
          en: '`rm /etc/sv/docker/run.d/90-permissions`, `chmod 660 /run/containerd/containerd.sock`, then `systemctl restart docker`.',
        },
      ],
    },
    'trusted-users': {
      title: { de: 'Nur `deploy` darf mit Docker sprechen', en: 'Only `deploy` may talk to Docker' },
      points: 20,
      hints: [
        {
          de: 'In `/srv/HANDOVER.md` steht, wer Docker braucht. `getent group docker` zeigt, wer in der Gruppe steht, aber nicht alle, die sie haben.',
          en: '`/srv/HANDOVER.md` says who needs Docker. `getent group docker` shows who is listed in the group, but not everybody who has it.',
        },
        {
          de: "Jeder Benutzer hat eine erste Gruppe, und die steht in /etc/passwd: `awk -F: -v gid=$(getent group docker | cut -d: -f3) '$4 == gid' /etc/passwd`.",
          en: "Every user has a first group, and that one is in /etc/passwd: `awk -F: -v gid=$(getent group docker | cut -d: -f3) '$4 == gid' /etc/passwd`.",
        },
        {
          de: '`gpasswd -d dev docker`, `gpasswd -d www-data docker`, und für das Konto der ehemaligen Kollegin oder des ehemaligen Kollegen `usermod -g nogroup NAME`. Prozesse, die schon laufen, behalten ihre Gruppen: Starte sie neu oder beende sie.',
          en: '`gpasswd -d dev docker`, `gpasswd -d www-data docker`, and for the account of the colleague who left `usermod -g nogroup NAME`. Processes that run already keep their groups: restart or end them.',
        },
      ],
    },
    'files-owned': {
      title: { de: 'Nur root kann ändern, wie der Daemon startet', en: 'Only root can change how the daemon starts' },
      points: 15,
      hints: [
        {
          de: 'Der Daemon läuft als root und glaubt, was in seinen Dateien steht. `ls -la /etc/docker /etc/default/docker /etc/sv/docker /etc/sv/docker/run.d` zeigt, wer sie schreiben darf.',
          en: 'The daemon runs as root and believes what its files say. `ls -la /etc/docker /etc/default/docker /etc/sv/docker /etc/sv/docker/run.d` shows who may write them.',
        },
        {
          de: 'Ein Verzeichnis mit 0777 genügt: Wer dort Dateien anlegen darf, ersetzt sie. `find /etc/docker /etc/default/docker /etc/sv/docker -perm -o=w`.',
          en: 'One folder with 0777 is enough: whoever may create files there replaces them. `find /etc/docker /etc/default/docker /etc/sv/docker -perm -o=w`.',
        },
        {
          de: '`chmod 755 /etc/docker /etc/sv/docker/run.d` und `chmod 644 /etc/docker/daemon.json /etc/default/docker`, alles mit `chown root:root`.',
          en: '`chmod 755 /etc/docker /etc/sv/docker/run.d` and `chmod 644 /etc/docker/daemon.json /etc/default/docker`, all with `chown root:root`.',
        },
      ],
    },
    'daemon-baseline': {
      title: { de: 'Die Grundeinstellungen des Daemons gelten', en: 'The daemon’s baseline is in effect' },
      points: 35,
      hints: [
        {
          de: '`docker info` zeigt, was gilt, und nicht, was in der Datei steht. Gefragt sind: keine neuen Privilegien, kein Verkehr zwischen Containern auf der Standard-Bridge, kein docker-proxy, begrenzte Protokolle, live-restore, keine unsicheren Registries, weder Debug noch Experimente.',
          en: '`docker info` shows what is in effect, not what the file says. Wanted are: no new privileges, no traffic between containers on the default bridge, no docker-proxy, bounded logs, live-restore, no insecure registries, neither debug nor experiments.',
        },
        {
          de: 'Die Schlüssel in /etc/docker/daemon.json heißen `no-new-privileges`, `icc`, `userland-proxy`, `log-driver` und `log-opts`, `live-restore`, `insecure-registries`, `debug`, `experimental`. `dockerd --validate` prüft die Datei vor dem Neustart.',
          en: 'The keys in /etc/docker/daemon.json are `no-new-privileges`, `icc`, `userland-proxy`, `log-driver` and `log-opts`, `live-restore`, `insecure-registries`, `debug`, `experimental`. `dockerd --validate` checks the file before the restart.',
        },
        {
          de: 'Die ganze Datei: `{ "no-new-privileges": true, "icc": false, "userland-proxy": false, "live-restore": true, "log-driver": "local", "log-opts": { "max-size": "10m", "max-file": "3" } }`, dann `systemctl restart docker`.',
          en: 'The whole file: `{ "no-new-privileges": true, "icc": false, "userland-proxy": false, "live-restore": true, "log-driver": "local", "log-opts": { "max-size": "10m", "max-file": "3" } }`, then `systemctl restart docker`.',
        },
      ],
    },
    'filedrop-gone': {
      title: { de: 'Der vergessene Dienst ist weg und kommt nicht wieder', en: 'The forgotten service is gone and does not come back' },
      points: 15,
      hints: [
        {
          de: '`ss -ltnp` zeigt, wer auf diesem Host lauscht. Wer startet diesen Prozess wieder, wenn du ihn beendest?',
          en: '`ss -ltnp` shows who listens on this host. Who starts that process again when you end it?',
        },
        {
          de: 'runit führt aus, was in /etc/service verlinkt ist: `ls -l /etc/service`, `sv status filedrop`.',
          en: 'runit runs what is linked in /etc/service: `ls -l /etc/service`, `sv status filedrop`.',
        },
        {
          de: '`sv down filedrop` und `rm /etc/service/filedrop`. Soll der Dienst nur ruhen, lege stattdessen die Datei `/etc/sv/filedrop/down` an.',
          en: '`sv down filedrop` and `rm /etc/service/filedrop`. If the service shall only rest, create the file `/etc/sv/filedrop/down` instead.',
        },
      ],
    },
    'shop-works': {
      title: { de: 'Der Shop arbeitet weiter, mit den neuen Voreinstellungen', en: 'The shop goes on working, with the new defaults' },
      points: 10,
      hints: [
        {
          de: '`curl http://127.0.0.1:8080/` auf dem Docker-Host, `docker ps -a` und /var/log/docker.log sagen dir, was fehlt.',
          en: '`curl http://127.0.0.1:8080/` on the Docker host, `docker ps -a` and /var/log/docker.log tell you what is missing.',
        },
        {
          de: 'Ein Container behält die Voreinstellungen, mit denen er angelegt wurde, auch über einen Neustart hinweg. `grep NoNewPrivs /proc/$(docker inspect -f "{{.State.Pid}}" shop)/status` zeigt es.',
          en: 'A container keeps the defaults that it was created with, across restarts too. `grep NoNewPrivs /proc/$(docker inspect -f "{{.State.Pid}}" shop)/status` shows it.',
        },
        {
          de: 'Lege ihn neu an, wenn der Daemon fertig eingestellt ist: `docker rm -f shop`, dann `/srv/shop/run.sh`. Läuft der Daemon gar nicht erst an, ist meist die JSON-Datei kaputt: `dockerd --validate --config-file /etc/docker/daemon.json`.',
          en: 'Create it anew once the daemon is set up: `docker rm -f shop`, then `/srv/shop/run.sh`. If the daemon does not even come up, the JSON file is usually broken: `dockerd --validate --config-file /etc/docker/daemon.json`.',
        },
      ],
    },
    'restart-proof': {
      title: {
        de: 'Alles hält einen Neustart von Docker aus, und der Shop merkt nichts davon',
        en: 'All of it survives a restart of Docker, and the shop does not notice',
      },
      points: 15,
      onRequest: true,
      hints: [
        {
          de: 'Was du zur Laufzeit änderst, gilt bis zum nächsten Start. Diese Prüfung startet den Daemon neu und sieht dann noch einmal nach allem.',
          en: 'What you change at run time holds until the next start. This check restarts the daemon and then looks at everything again.',
        },
        {
          de: 'Gehen die Rechte des Sockets wieder auf, hat das Skript in `/etc/sv/docker/run.d` überlebt. Ist der Shop neu gestartet, fehlt `live-restore`. Ein Container, der vor dieser Einstellung gestartet wurde, läuft erst ab dem zweiten Neustart durch.',
          en: 'If the permissions of the socket open again, the script in `/etc/sv/docker/run.d` has survived. If the shop was restarted, `live-restore` is missing. A container that was started before that setting runs through from the second restart on.',
        },
        {
          de: 'Probiere es selbst: `docker inspect -f "{{.State.StartedAt}}" shop`, `systemctl restart docker`, dann dasselbe noch einmal und `stat /run/docker.sock`.',
          en: 'Try it yourself: `docker inspect -f "{{.State.StartedAt}}" shop`, `systemctl restart docker`, then the same again and `stat /run/docker.sock`.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
