import type { Quiz } from '#site/quiz/quiz.ts';

export default {
  questions: [
    {
      id: 'setuid-shell',
      type: 'single',
      ask: {
        de: 'Ein Container läuft mit uid 1000 und `--cap-drop ALL`. Im Image liegt eine Shell, die root gehört und das setuid-Bit trägt. Jemand führt sie aus und ist …',
        en: 'A container runs as uid 1000 with `--cap-drop ALL`. In the image lies a shell that root owns and that carries the setuid bit. Somebody runs it and is …',
      },
      options: [
        {
          id: 'unchanged',
          isRight: false,
          text: { de: 'weiterhin uid 1000', en: 'still uid 1000' },
          why: { de: 'Das setuid-Bit braucht keine Capability.', en: 'The setuid bit needs no capability.' },
        },
        {
          id: 'euid-0',
          isRight: true,
          text: { de: 'effektiv uid 0, ohne Capabilities', en: 'effectively uid 0, without capabilities' },
          why: { de: 'Das reicht, um Dateien zu lesen und zu schreiben, die root gehören.', en: 'That is enough to read and write files that root owns.' },
        },
        {
          id: 'full',
          isRight: false,
          text: { de: 'vollständig root', en: 'root in full' },
          why: { de: 'Die Bounding-Menge ist leer, es kommt keine Capability zurück.', en: 'The bounding set is empty; no capability comes back.' },
        },
      ],
    },
    {
      id: 'stop-setuid',
      type: 'single',
      ask: { de: 'Welche Option hält diese Shell auf?', en: 'Which option stops that shell?' },
      options: [
        {
          id: 'drop-setuid',
          isRight: false,
          text: { de: '`--cap-drop SETUID`', en: '`--cap-drop SETUID`' },
          why: { de: '`SETUID` erlaubt den Aufruf `setuid()`. Das Bit an der Datei ist etwas anderes.', en: '`SETUID` allows the call `setuid()`. The bit on the file is something else.' },
        },
        {
          id: 'nnp',
          isRight: true,
          text: { de: '`--security-opt no-new-privileges`', en: '`--security-opt no-new-privileges`' },
          why: { de: 'Danach ändert kein `execve` mehr die Rechte.', en: 'After it, no `execve` changes privileges any more.' },
        },
        {
          id: 'read-only',
          isRight: false,
          text: { de: '`--read-only`', en: '`--read-only`' },
          why: { de: 'Ausführen ist kein Schreiben.', en: 'Executing is not writing.' },
        },
      ],
    },
    {
      id: 'port-80',
      type: 'multiple',
      ask: {
        de: 'Ein Node-Dienst soll als uid 1000 auf Port 80 lauschen, in einem gewöhnlichen Docker-Netz (Engine ab 20.10). Was braucht er dafür?',
        en: 'A Node service is to listen on port 80 as uid 1000, in an ordinary Docker network (engine 20.10 or later). What does it need for that?',
      },
      options: [
        {
          id: 'bind',
          isRight: false,
          text: { de: '`NET_BIND_SERVICE`', en: '`NET_BIND_SERVICE`' },
          why: {
            de: 'Docker setzt im Container `net.ipv4.ip_unprivileged_port_start=0`.',
            en: 'Docker sets `net.ipv4.ip_unprivileged_port_start=0` inside the container.',
          },
        },
        {
          id: 'root',
          isRight: false,
          text: { de: 'root', en: 'root' },
          why: { de: 'Auch das nicht.', en: 'Not that either.' },
        },
        {
          id: 'nothing',
          isRight: true,
          text: { de: 'nichts Besonderes', en: 'nothing special' },
          why: { de: 'Mit `--network=host` gälte die Grenze des Hosts wieder.', en: 'With `--network=host` the host’s limit would apply again.' },
        },
      ],
    },
    {
      id: 'who-decides-by-what',
      type: 'match',
      ask: { de: 'Wer entscheidet wonach?', en: 'Who decides by what?' },
      pairs: [
        {
          id: 'seccomp',
          left: { de: 'seccomp', en: 'seccomp' },
          right: { de: 'Nummer des Systemaufrufs und einfache Argumente', en: 'number of the system call and simple arguments' },
          why: { de: 'Zeiger kann der Filter nicht verfolgen, also auch keine Pfade lesen.', en: 'The filter cannot follow pointers, so it cannot read paths.' },
        },
        {
          id: 'apparmor',
          left: { de: 'AppArmor', en: 'AppArmor' },
          right: { de: 'Pfad der Datei, nach einem Profil', en: 'path of the file, by a profile' },
          why: { de: 'Das Profil gehört zum Programm.', en: 'The profile belongs to the program.' },
        },
        {
          id: 'selinux',
          left: { de: 'SELinux', en: 'SELinux' },
          right: { de: 'Etiketten an Prozess und Objekt', en: 'labels on process and object' },
          why: { de: 'Der Pfad ist egal, das Etikett zählt.', en: 'The path does not matter, the label does.' },
        },
        {
          id: 'capabilities',
          left: { de: 'Capabilities', en: 'Capabilities' },
          right: { de: 'Art des Sonderrechts', en: 'kind of privilege' },
          why: { de: 'root, in etwa vierzig Stücke zerlegt.', en: 'root, cut into about forty pieces.' },
        },
      ],
    },
    {
      id: 'no-apparmor',
      type: 'single',
      ask: {
        de: 'Der Kernel hat kein AppArmor. Was macht `docker run --security-opt apparmor=mein-profil`?',
        en: 'The kernel has no AppArmor. What does `docker run --security-opt apparmor=my-profile` do?',
      },
      options: [
        {
          id: 'refuses',
          isRight: false,
          text: { de: 'Der Container startet nicht.', en: 'The container does not start.' },
          why: { de: 'Das wäre sicherer.', en: 'That would be safer.' },
        },
        {
          id: 'ignored',
          isRight: true,
          text: { de: 'Er startet, die Option wird übergangen.', en: 'It starts, and the option is ignored.' },
          why: {
            de: 'Ob ein Profil gilt, sagt `/proc/PID/attr/current`, nicht die Option.',
            en: 'Whether a profile applies is told by `/proc/PID/attr/current`, not by the option.',
          },
        },
        {
          id: 'default',
          isRight: false,
          text: { de: 'Er startet mit Dockers Standardprofil.', en: 'It starts with Docker’s default profile.' },
          why: { de: 'Auch das braucht AppArmor im Kernel.', en: 'That one needs AppArmor in the kernel, too.' },
        },
      ],
    },
    {
      id: 'find-capabilities',
      type: 'order',
      ask: { de: 'So findest du heraus, welche Capabilities ein Dienst braucht:', en: 'How to find out which capabilities a service needs:' },
      steps: [
        { id: 'drop', text: { de: 'Mit `--cap-drop ALL` starten', en: 'Start with `--cap-drop ALL`' } },
        { id: 'use', text: { de: 'Den Dienst wirklich benutzen', en: 'Really use the service' } },
        { id: 'read', text: { de: 'Die Fehlermeldung lesen', en: 'Read the error' } },
        { id: 'add', text: { de: 'Eine Capability hinzufügen und von vorn beginnen', en: 'Add one capability and begin again' } },
        { id: 'verify', text: { de: 'Am Ende in `/proc/PID/status` nachsehen', en: 'At the end, look into `/proc/PID/status`' } },
      ],
      why: {
        de: 'Eine nach der anderen, sonst bleibt eine drin, die niemand braucht. Und benutzen musst du ihn: Manche Rechte fehlen erst beim Herunterfahren oder beim Rotieren der Logs.',
        en: 'One at a time, or one stays that nobody needs. And you have to use it: some rights are missed only at shutdown or when logs are rotated.',
      },
    },
    {
      id: 'privileged-and-drop',
      type: 'single',
      ask: { de: 'Welche Capabilities bleiben bei `--privileged --cap-drop ALL`?', en: 'Which capabilities are left with `--privileged --cap-drop ALL`?' },
      options: [
        {
          id: 'none',
          isRight: false,
          text: { de: 'keine', en: 'none' },
          why: { de: 'So liest es sich, so ist es nicht.', en: 'That is how it reads, not how it is.' },
        },
        {
          id: 'all',
          isRight: true,
          text: { de: 'alle', en: 'all' },
          why: { de: '`--privileged` gewinnt. `CapEff` in `/proc/PID/status` zeigt es.', en: '`--privileged` wins. `CapEff` in `/proc/PID/status` shows it.' },
        },
        {
          id: 'defaults',
          isRight: false,
          text: { de: 'die vierzehn der Voreinstellung', en: 'the fourteen of the default' },
          why: { de: 'Die Voreinstellung spielt hier keine Rolle mehr.', en: 'The default no longer plays a part here.' },
        },
      ],
    },
  ],
} satisfies Quiz;
