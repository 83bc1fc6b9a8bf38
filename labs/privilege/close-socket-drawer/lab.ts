import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L3.4',
  title: { de: 'Die Sockel-Schublade', en: 'The Socket Drawer' },
  summary: {
    de: 'Ein Dashboard, eine Sicherung, ein Messdienst: drei freundliche Helfer mit drei Mounts, die niemand je hätte vergeben dürfen: docker.sock, /etc und /proc.',
    en: 'A dashboard, a backup, a meter: three friendly helpers with three mounts that nobody should ever have given them: docker.sock, /etc and /proc.',
  },
  minutes: 50,
  difficulty: 3,
  needs: [],
  checkLimitSeconds: 25,
  attack: {
    title: {
      de: 'Hol dir die Flag über einen der drei Helfer: aus /root/flag.txt oder aus der Umgebung von vault',
      en: 'Take the flag through one of the three helpers: from /root/flag.txt or from the environment of vault',
    },
    points: 40,
    hints: [
      {
        de: 'Jeder Helfer führt unter /cgi-bin/run?cmd=… Befehle aus. Was liegt in welchem Container? `mount | grep -E "sock|host"` zeigt es dir.',
        en: 'Each helper runs commands at /cgi-bin/run?cmd=…. What lies in which container? `mount | grep -E "sock|host"` shows you.',
      },
      {
        de: 'In dash spricht das Programm `docker-api METHODE PFAD [JSON]` mit dem Daemon. Ein Container, dem du mit `"Binds":["/:/disk"]` die ganze Platte einhängst, liest jede Datei. In metrics steht in /host/proc/<pid>/environ die Umgebung jedes Prozesses.',
        en: 'In dash the program `docker-api METHOD PATH [JSON]` speaks with the daemon. A container that you give the whole disk by `"Binds":["/:/disk"]` reads any file. In metrics, /host/proc/<pid>/environ holds every process’s environment.',
      },
      {
        de: 'Am kürzesten: `curl -G http://dockerhost:8093/cgi-bin/run --data-urlencode \'cmd=cat /host/proc/[0-9]*/environ | tr "\\0" "\\n" | grep ROOT_TOKEN\'`. Auf der Seite stehen auch die beiden anderen Wege.',
        en: 'The shortest one: `curl -G http://dockerhost:8093/cgi-bin/run --data-urlencode \'cmd=cat /host/proc/[0-9]*/environ | tr "\\0" "\\n" | grep ROOT_TOKEN\'`. The page shows the other two ways as well.',
      },
    ],
  },
  tasks: {
    'dash-without-power': {
      title: {
        de: 'dash zeigt, was läuft, und kann sonst nichts mit dem Docker-Daemon anfangen',
        en: 'dash shows what runs and can do nothing else with the Docker daemon',
      },
      points: 40,
      hints: [
        {
          de: 'Welche HTTP-Methode und welcher Pfad reichen für eine Liste? Alles andere muss jemand ablehnen, der zwischen dash und dem Daemon sitzt.',
          en: 'Which HTTP method and which path are enough for a list? Somebody between dash and the daemon has to refuse all the rest.',
        },
        {
          de: '`docker run --rm lab/socket-proxy --help`. Der Proxy bekommt den Socket, dash bekommt nur noch `-e DOCKER_API=tcp://socket-proxy:2375`. Vorsicht mit Sternen: `/containers/*` umfasst auch archive, export und inspect.',
          en: '`docker run --rm lab/socket-proxy --help`. The proxy gets the socket, dash gets nothing but `-e DOCKER_API=tcp://socket-proxy:2375`. Beware of asterisks: `/containers/*` includes archive, export and inspect.',
        },
        {
          de: '`docker network create --internal socket`, dann `docker run -d --name socket-proxy --network socket -v /var/run/docker.sock:/var/run/docker.sock lab/socket-proxy GET:/containers/json`, dash ohne Mount neu erzeugen und `docker network connect socket dash`.',
          en: '`docker network create --internal socket`, then `docker run -d --name socket-proxy --network socket -v /var/run/docker.sock:/var/run/docker.sock lab/socket-proxy GET:/containers/json`, create dash anew without the mount, and `docker network connect socket dash`.',
        },
      ],
    },
    'backup-without-etc': {
      title: { de: 'backup sichert /srv/data und sieht nichts von /etc', en: 'backup saves /srv/data and sees nothing of /etc' },
      points: 25,
      hints: [
        {
          de: 'Was steht im Auftrag von backup, und was ist nur „mitgekommen“? Ein Mount lässt sich an einem laufenden Container nicht ändern.',
          en: 'What is the job of backup, and what merely “came along”? Mounts of a running container cannot be changed.',
        },
        {
          de: 'Erzeuge den Container neu, nur mit /srv/data. Wer sichert, liest: `:ro` schadet hier nicht. Auch eine einzelne Datei aus /etc ist zu viel.',
          en: 'Create the container anew, with /srv/data only. Who saves, reads: `:ro` does no harm here. A single file of /etc is too much as well.',
        },
        {
          de: '`docker rm -f backup`, `docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup`. Hast du ein Konto angelegt? `sed -i "/^evil:/d" /etc/passwd`.',
          en: '`docker rm -f backup`, `docker run -d --name backup --label lab.role=backup -p 8092:80 -v /srv/data:/host/data:ro lab/backup`. Did you add an account? `sed -i "/^evil:/d" /etc/passwd`.',
        },
      ],
    },
    'metrics-without-proc': {
      title: { de: 'metrics misst die Maschine und sieht nur die eigenen Prozesse', en: 'metrics measures the machine and sees only its own processes' },
      points: 25,
      hints: [
        {
          de: 'Was davon ist pro Namespace, was gilt für die ganze Maschine? Vergleiche `cat /proc/loadavg /proc/meminfo` im Container und auf dem Host.',
          en: 'Which of it belongs to a namespace, which to the whole machine? Compare `cat /proc/loadavg /proc/meminfo` in the container and on the host.',
        },
        {
          de: 'Last und Speicher stehen auch im /proc des Containers: Sie gehören keinem Namespace. Das Programm nimmt es von selbst, wenn /host/proc fehlt.',
          en: 'Load and memory stand in the container’s own /proc as well: they belong to no namespace. The program takes it by itself when /host/proc is missing.',
        },
        {
          de: '`docker rm -f metrics`, `docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics`. Kein `--pid=host`, das ist derselbe Blick durch eine andere Tür.',
          en: '`docker rm -f metrics`, `docker run -d --name metrics --label lab.role=metrics -p 8093:80 lab/metrics`. No `--pid=host`: that is the same view through another door.',
        },
      ],
    },
    'proxy-hidden': {
      title: {
        de: 'Nur dash erreicht die Docker-API, von außen und aus anderen Containern niemand',
        en: 'Only dash reaches the Docker API: nobody from outside, no other container',
      },
      points: 15,
      hints: [
        {
          de: 'Wer einen Proxy mit `-p` startet, veröffentlicht die API, die er verstecken wollte. Und im Standardnetz erreicht ihn jeder Nachbar.',
          en: 'Whoever starts a proxy with `-p` publishes the API that was to be hidden. And on the default network every neighbour reaches it.',
        },
        {
          de: 'Ein eigenes Netz, am besten mit `--internal`, in dem nur der Proxy und dash sind. dash hängt in zwei Netzen: in einem veröffentlicht es seinen Port, im anderen spricht es mit dem Proxy.',
          en: 'A network of its own, best with `--internal`, with only the proxy and dash in it. dash is in two networks: in one it publishes its port, in the other it speaks with the proxy.',
        },
        {
          de: '`docker ps --format "{{.Names}} {{.Ports}}"` darf beim Proxy kein `->` zeigen; `docker network inspect socket` darf nur socket-proxy und dash nennen.',
          en: '`docker ps --format "{{.Names}} {{.Ports}}"` must not show `->` for the proxy; `docker network inspect socket` must list socket-proxy and dash only.',
        },
      ],
    },
    'helpers-work': {
      title: { de: 'Alle drei Helfer tun ihre Arbeit, ohne die drei Mounts', en: 'All three helpers do their work, without the three mounts' },
      points: 15,
      hints: [
        {
          de: '`curl localhost:8091/cgi-bin/containers`, `curl localhost:8092/cgi-bin/archive | tar t`, `curl localhost:8093/cgi-bin/metrics`: Antworten alle drei?',
          en: '`curl localhost:8091/cgi-bin/containers`, `curl localhost:8092/cgi-bin/archive | tar t`, `curl localhost:8093/cgi-bin/metrics`: do all three answer?',
        },
        {
          de: 'dash meldet „no daemon“ oder „unknown host“? Dann ist es nicht im Netz des Proxys, oder DOCKER_API stimmt nicht. „not on the list“: Dem Proxy fehlt die Regel GET:/containers/json.',
          en: 'Does dash say “no daemon” or “unknown host”? Then it is not in the proxy’s network, or DOCKER_API is wrong. “not on the list”: the proxy lacks the rule GET:/containers/json.',
        },
      ],
    },
    'propagation-private': {
      title: { de: 'Kein Mount gibt weiter, was unter ihm eingehängt wird', en: 'No mount passes on what is mounted below it' },
      points: 10,
      bonus: true,
      hints: [
        {
          de: 'Hinter dem Doppelpunkt eines Mounts kann mehr stehen als `ro`. Sieh dir /srv/helpers/run.sh genau an.',
          en: 'Behind the colon of a mount there can be more than `ro`. Look closely at /srv/helpers/run.sh.',
        },
        {
          de: '`docker inspect --format "{{range .Mounts}}{{.Destination}} {{.Propagation}}{{println}}{{end}}" backup` soll nirgends shared oder rshared zeigen. Ohne Angabe gilt rprivate.',
          en: '`docker inspect --format "{{range .Mounts}}{{.Destination}} {{.Propagation}}{{println}}{{end}}" backup` should show neither shared nor rshared. Without a word it is rprivate.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
