import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L3.3',
  title: { de: 'Syscall-Sieb', en: 'Syscall Sieve' },
  summary: {
    de: 'Ein Renderer führt fremde Aufträge aus, mit `seccomp=unconfined`, „wegen eines komischen EPERM“. Ein Auftrag ohne jedes Recht macht sich zum root eines eigenen Namespaces und holt damit einen Schlüssel.',
    en: 'A renderer carries out other people’s jobs, with `seccomp=unconfined` “because of a strange EPERM”. A job without any rights makes itself root of a namespace of its own, and gets a key with it.',
  },
  minutes: 50,
  difficulty: 3,
  needs: [],
  attack: {
    title: { de: 'Hol dir mit einem Auftrag den Schlüssel vom Schalter', en: 'Get the key from the desk with a job' },
    points: 30,
    hints: [
      {
        de: 'Der Schalter gibt den Schlüssel jedem, dessen CapEff das Bit SYS_ADMIN enthält. In welchem User-Namespace, fragt er nicht.',
        en: 'The desk gives the key to everybody whose CapEff has the bit SYS_ADMIN. In which user namespace, it does not ask.',
      },
      {
        de: 'In einem neuen User-Namespace hat sein erster Prozess alle Capabilities, auch wenn ihn ein gewöhnlicher Benutzer angelegt hat: `unshare -U -r`. `ask /jobs/desk.sock` spricht mit dem Schalter.',
        en: 'In a new user namespace its first process has all capabilities, even if an ordinary user made it: `unshare -U -r`. `ask /jobs/desk.sock` talks to the desk.',
      },
      {
        de: "`curl --data-binary 'unshare -U -r ask /jobs/desk.sock < /dev/null' http://dockerhost:8080/cgi-bin/job`",
        en: "`curl --data-binary 'unshare -U -r ask /jobs/desk.sock < /dev/null' http://dockerhost:8080/cgi-bin/job`",
      },
    ],
  },
  tasks: {
    'filter-active': {
      title: { de: 'Auf jedem Prozess des Renderers liegt ein Filter', en: 'A filter lies on every process of the renderer' },
      points: 20,
      hints: [
        {
          de: '`docker inspect -f "{{.HostConfig.SecurityOpt}}" render` zeigt, was jemand eingestellt hat. Was passiert ohne diese Option?',
          en: '`docker inspect -f "{{.HostConfig.SecurityOpt}}" render` shows what somebody has set. What happens without this option?',
        },
        {
          de: 'Starte den Container ohne `seccomp=unconfined` neu: Dann legt Docker sein Standardprofil darauf. In `grep Seccomp /proc/…/status` wird aus `Seccomp_filters: 1` eine 2. Der erste Filter liegt hier auf dem ganzen Docker-Host und zählt nicht.',
          en: 'Start the container anew without `seccomp=unconfined`: then Docker lays its default profile on it. In `grep Seccomp /proc/…/status`, `Seccomp_filters: 1` becomes 2. The first filter lies on the whole Docker host here and does not count.',
        },
      ],
    },
    'dangerous-calls': {
      title: { de: 'Namespaces, Mounts, Schlüssel und io_uring sind außer Reichweite', en: 'Namespaces, mounts, keys and io_uring are out of reach' },
      points: 35,
      hints: [
        {
          de: '`docker exec render sysprobe` zeigt für jeden Aufruf, ob er durchkommt. Vergleiche mit `docker run --rm --entrypoint sysprobe lab/render`.',
          en: '`docker exec render sysprobe` shows for each call whether it gets through. Compare with `docker run --rm --entrypoint sysprobe lab/render`.',
        },
        {
          de: 'Ein User-Namespace entsteht auf drei Wegen: unshare, clone und clone3. Dockers Standardprofil sieht bei clone in die Argumente und beantwortet clone3 mit ENOSYS, damit Programme auf clone ausweichen.',
          en: 'A user namespace is made in three ways: unshare, clone and clone3. Docker’s default profile looks into the arguments of clone and answers clone3 with ENOSYS, so that programs fall back to clone.',
        },
        {
          de: 'Nimm /root/seccomp/default.json als Grundlage; darin ist das alles geregelt. Ohne `--cap-add SYS_ADMIN`: Damit gibt Docker mount und unshare wieder frei.',
          en: 'Take /root/seccomp/default.json as a basis; all of this is settled there. Without `--cap-add SYS_ADMIN`: with it Docker gives mount and unshare away again.',
        },
      ],
    },
    'no-network-sockets': {
      title: { de: 'Aus dem Renderer lässt sich kein Netzwerk-Socket öffnen', en: 'No network socket can be opened in the renderer' },
      points: 25,
      hints: [
        {
          de: 'Mit dem Standardprofil allein sagt `sysprobe` bei socket-inet noch reachable. Der Renderer braucht nur Unix-Sockets.',
          en: 'With the default profile alone, `sysprobe` still says reachable for socket-inet. The renderer needs Unix sockets only.',
        },
        {
          de: 'socket(2) nennt als erstes Argument die Familie; AF_UNIX ist 1. Eine Regel kann darauf bestehen: `"args": [{ "index": 0, "value": 1, "op": "SCMP_CMP_EQ" }]`. Streiche alle anderen Regeln für socket.',
          en: 'The first argument of socket(2) is the family; AF_UNIX is 1. A rule can insist on it: `"args": [{ "index": 0, "value": 1, "op": "SCMP_CMP_EQ" }]`. Delete all other rules for socket.',
        },
        {
          de: '`jq \'.syscalls |= map(.names -= ["socket","socketcall"] | select(.names != [])) | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]\' default.json > render.json`, dann den Container mit `--security-opt seccomp=/root/seccomp/render.json` neu erzeugen.',
          en: '`jq \'.syscalls |= map(.names -= ["socket","socketcall"] | select(.names != [])) | .syscalls += [{names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{index: 0, value: 1, op: "SCMP_CMP_EQ"}]}]\' default.json > render.json`, then create the container anew with `--security-opt seccomp=/root/seccomp/render.json`.',
        },
      ],
    },
    'default-deny': {
      title: { de: 'Was das Profil nicht nennt, ist verboten', en: 'What the profile does not name is forbidden' },
      points: 20,
      hints: [
        {
          de: 'Welche `defaultAction` hat dein Profil? Jede Kernel-Version bringt neue Systemaufrufe mit.',
          en: 'Which `defaultAction` does your profile have? Every kernel version brings new system calls.',
        },
        {
          de: '`"defaultAction": "SCMP_ACT_ERRNO"`. SCMP_ACT_LOG schreibt nur mit und lässt durch.',
          en: '`"defaultAction": "SCMP_ACT_ERRNO"`. SCMP_ACT_LOG only takes notes and lets everything through.',
        },
      ],
    },
    'renders-filtered': {
      title: { de: 'Aufträge werden weiter ausgeführt, jetzt hinter dem Filter', en: 'Jobs are still carried out, now behind the filter' },
      points: 20,
      hints: [
        {
          de: '`curl --data-binary @/root/jobs/harbour.job http://127.0.0.1:8080/cgi-bin/job` muss ein Bild ausgeben. Sonst hilft `docker logs render`.',
          en: '`curl --data-binary @/root/jobs/harbour.job http://127.0.0.1:8080/cgi-bin/job` must print a picture. Otherwise `docker logs render` helps.',
        },
        {
          de: 'Fehlt deinem eigenen Profil etwas? `strace -f -c -p PID` auf dem Docker-Host zählt, welche Aufrufe ein Auftrag macht. Vergiss nicht, was runc selbst noch braucht, wenn der Filter schon liegt: execve, capset, setgid, setuid und andere.',
          en: 'Is something missing in a profile of your own? `strace -f -c -p PID` on the Docker host counts which calls a job makes. Do not forget what runc itself still needs when the filter is on: execve, capset, setgid, setuid and others.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
