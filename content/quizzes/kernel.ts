import type { Quiz } from '#site/quiz/quiz.ts';

export default {
  questions: [
    {
      id: 'shared-namespaces',
      type: 'match',
      ask: {
        de: 'Ein Container benutzt einen Namespace des Hosts mit. Was liegt dann offen?',
        en: 'A container shares one of the host’s namespaces. What lies open then?',
      },
      pairs: [
        {
          id: 'pid',
          left: { de: '`--pid=host`', en: '`--pid=host`' },
          right: { de: 'Prozesse und Umgebungsvariablen anderer', en: 'processes and environment variables of others' },
          why: {
            de: '`/proc/PID/environ` verrät Passwörter, die als Variable übergeben wurden.',
            en: '`/proc/PID/environ` gives away passwords that were passed as variables.',
          },
        },
        {
          id: 'net',
          left: { de: '`--network=host`', en: '`--network=host`' },
          right: { de: 'Dienste, die nur auf 127.0.0.1 lauschen', en: 'services that listen on 127.0.0.1 only' },
          why: { de: 'Das Loopback gehört zum Netzwerk-Namespace.', en: 'Loopback belongs to the network namespace.' },
        },
        {
          id: 'ipc',
          left: { de: '`--ipc=host`', en: '`--ipc=host`' },
          right: { de: 'Shared Memory in `/dev/shm`', en: 'shared memory in `/dev/shm`' },
          why: { de: 'Auch Semaphoren und Message Queues.', en: 'Semaphores and message queues as well.' },
        },
        {
          id: 'uts',
          left: { de: '`--uts=host`', en: '`--uts=host`' },
          right: { de: 'der Hostname', en: 'the host name' },
          why: { de: 'Mit `SYS_ADMIN` lässt er sich ändern.', en: 'With `SYS_ADMIN` it can be changed.' },
        },
        {
          id: 'mnt',
          left: { de: '`-v /:/host`', en: '`-v /:/host`' },
          right: { de: 'jede Datei des Hosts', en: 'every file of the host' },
          why: {
            de: 'Der Mount-Namespace bleibt getrennt, hat aber ein Loch von der Größe der Festplatte.',
            en: 'The mount namespace stays separate, but has a hole the size of the disk.',
          },
        },
        {
          id: 'user',
          left: { de: 'kein `userns-remap`', en: 'no `userns-remap`' },
          right: { de: 'uid 0 ist draußen dieselbe wie drinnen', en: 'uid 0 is the same outside as inside' },
          why: { de: 'So ist Dockers Voreinstellung.', en: 'That is Docker’s default.' },
        },
      ],
    },
    {
      id: 'missing-namespace',
      type: 'single',
      ask: { de: 'Welchen Namespace legt Docker in der Voreinstellung nicht an?', en: 'Which namespace does Docker not create by default?' },
      options: [
        {
          id: 'pid',
          isRight: false,
          text: { de: 'pid', en: 'pid' },
          why: { de: 'Im Container beginnt die Zählung bei 1.', en: 'Inside the container, counting starts at 1.' },
        },
        {
          id: 'net',
          isRight: false,
          text: { de: 'net', en: 'net' },
          why: { de: 'Der Container hat sein eigenes `eth0`.', en: 'The container has an `eth0` of its own.' },
        },
        {
          id: 'user',
          isRight: true,
          text: { de: 'user', en: 'user' },
          why: {
            de: 'uid 0 im Container ist uid 0 des Hosts, bis du `userns-remap` oder rootless einschaltest.',
            en: 'uid 0 in the container is uid 0 on the host until you switch on `userns-remap` or rootless mode.',
          },
        },
        {
          id: 'mnt',
          isRight: false,
          text: { de: 'mnt', en: 'mnt' },
          why: { de: 'Ohne ihn sähe der Container den Dateibaum des Hosts.', en: 'Without it the container would see the host’s file tree.' },
        },
      ],
    },
    {
      id: 'privileged-removes',
      type: 'multiple',
      ask: { de: 'Was nimmt `--privileged` weg?', en: 'What does `--privileged` take away?' },
      options: [
        {
          id: 'seccomp',
          isRight: true,
          text: { de: 'den seccomp-Filter', en: 'the seccomp filter' },
          why: { de: '`Seccomp: 0` in `/proc/self/status`.', en: '`Seccomp: 0` in `/proc/self/status`.' },
        },
        {
          id: 'capabilities',
          isRight: true,
          text: { de: 'die Begrenzung der Capabilities', en: 'the limit on capabilities' },
          why: { de: 'Alle sind da, auch `SYS_ADMIN` und `SYS_MODULE`.', en: 'All are there, `SYS_ADMIN` and `SYS_MODULE` included.' },
        },
        {
          id: 'masked',
          isRight: true,
          text: { de: 'die Abdeckungen in `/proc`', en: 'the masks over paths in `/proc`' },
          why: { de: '`/proc/kcore` und Ähnliches liegen frei.', en: '`/proc/kcore` and the like lie bare.' },
        },
        {
          id: 'pid',
          isRight: false,
          text: { de: 'den PID-Namespace', en: 'the pid namespace' },
          why: { de: 'Dafür braucht es `--pid=host`.', en: 'That takes `--pid=host`.' },
        },
        {
          id: 'net',
          isRight: false,
          text: { de: 'den Netzwerk-Namespace', en: 'the network namespace' },
          why: { de: 'Dafür braucht es `--network=host`.', en: 'That takes `--network=host`.' },
        },
      ],
    },
    {
      id: 'remap-and-privileged',
      type: 'single',
      ask: {
        de: '`userns-remap` ist eingeschaltet. Was macht `docker run --privileged`?',
        en: '`userns-remap` is on. What does `docker run --privileged` do?',
      },
      options: [
        {
          id: 'works',
          isRight: false,
          text: { de: 'Es läuft, aber mit umgebildeten IDs.', en: 'It runs, but with remapped ids.' },
          why: { de: 'Diese Mischung lässt Docker nicht zu.', en: 'Docker does not allow this mixture.' },
        },
        {
          id: 'refused',
          isRight: true,
          text: { de: 'Es wird verweigert, solange nicht `--userns=host` dabeisteht.', en: 'It is refused unless `--userns=host` stands with it.' },
          why: {
            de: 'Gut so: Die Ausnahme muss jemand ausdrücklich hinschreiben, und man findet sie.',
            en: 'And rightly: somebody has to write the exception down, and it can be found.',
          },
        },
        {
          id: 'drops',
          isRight: false,
          text: { de: 'Docker entzieht stillschweigend die Capabilities.', en: 'Docker silently drops the capabilities.' },
          why: { de: 'Stillschweigend ändert Docker hier nichts.', en: 'Docker changes nothing silently here.' },
        },
      ],
    },
    {
      id: 'dirty-pipe',
      type: 'single',
      ask: { de: 'Was behebt Dirty Pipe (CVE-2022-0847)?', en: 'What fixes Dirty Pipe (CVE-2022-0847)?' },
      options: [
        {
          id: 'image',
          isRight: false,
          text: { de: 'ein neues Basis-Image', en: 'a new base image' },
          why: { de: 'Im Image steckt kein Kernel.', en: 'There is no kernel in the image.' },
        },
        {
          id: 'capabilities',
          isRight: false,
          text: { de: '`--cap-drop ALL`', en: '`--cap-drop ALL`' },
          why: { de: 'Die Lücke brauchte keine einzige Capability.', en: 'The hole needed not one capability.' },
        },
        {
          id: 'kernel',
          isRight: true,
          text: { de: 'ein neuer Kernel auf dem Host', en: 'a new kernel on the host' },
          why: { de: 'Ab 5.10.102, 5.15.25 und 5.16.11 behoben; danach muss der Host neu starten.', en: 'Fixed from 5.10.102, 5.15.25 and 5.16.11 on; then the host must reboot.' },
        },
      ],
    },
    {
      id: 'cgroups',
      type: 'single',
      ask: {
        de: 'Ein Container hat `--memory 64m`. Was kann er mit einer eingebundenen Datei von 1 GB tun?',
        en: 'A container has `--memory 64m`. What can it do with a mounted file of 1 GB?',
      },
      options: [
        {
          id: 'nothing',
          isRight: false,
          text: { de: 'Sie ist für ihn unlesbar, weil sie nicht in den Speicher passt.', en: 'It cannot read it, because it does not fit into memory.' },
          why: { de: 'Gelesen wird Stück für Stück.', en: 'It is read piece by piece.' },
        },
        {
          id: 'reads',
          isRight: true,
          text: { de: 'Er liest sie ganz.', en: 'It reads all of it.' },
          why: { de: 'Cgroups zählen und begrenzen Mittel. Daten trennen sie nicht.', en: 'Cgroups count and limit resources. They do not separate data.' },
        },
        {
          id: 'killed',
          isRight: false,
          text: { de: 'Beim Lesen beendet ihn der OOM-Killer.', en: 'The OOM killer ends it when it reads.' },
          why: {
            de: 'Seiten aus Dateien gibt der Kernel wieder her, bevor er jemanden beendet.',
            en: 'The kernel gives back pages of files before it ends anybody.',
          },
        },
      ],
    },
    {
      id: 'remap-rollout',
      type: 'order',
      ask: { de: 'Du führst `userns-remap` auf einem laufenden Host ein. In welcher Reihenfolge?', en: 'You introduce `userns-remap` on a running host. In which order?' },
      steps: [
        { id: 'save', text: { de: 'Eigene Images sichern (`docker save`)', en: 'Save your own images (`docker save`)' } },
        { id: 'configure', text: { de: 'IDs in `/etc/subuid` und `/etc/subgid`, Eintrag in `daemon.json`', en: 'Ids in `/etc/subuid` and `/etc/subgid`, entry in `daemon.json`' } },
        { id: 'restart', text: { de: 'Daemon neu starten', en: 'Restart the daemon' } },
        { id: 'load', text: { de: 'Images laden (`docker load`)', en: 'Load the images (`docker load`)' } },
        { id: 'chown', text: { de: 'Eingebundenen Verzeichnissen den neuen Besitzer geben', en: 'Give mounted directories their new owner' } },
        { id: 'start', text: { de: 'Container starten', en: 'Start the containers' } },
      ],
      alsoRight: [
        ['save', 'configure', 'restart', 'chown', 'load', 'start'],
        ['configure', 'save', 'restart', 'load', 'chown', 'start'],
        ['configure', 'save', 'restart', 'chown', 'load', 'start'],
      ],
      why: {
        de: 'Der Daemon legt beim Neustart ein neues, leeres Datenverzeichnis an. Was vorher nicht gesichert wurde, ist nicht weg, aber für ihn unsichtbar.',
        en: 'At the restart the daemon makes a new, empty data directory. What was not saved before is not lost, but invisible to it.',
      },
    },
  ],
} satisfies Quiz;
