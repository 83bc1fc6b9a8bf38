import type { SectionQuizzes } from '#site/quiz/quiz.ts';

export default {
  '1.1': [
    {
      id: 'whose-kernel',
      type: 'single',
      ask: {
        de: 'Ein Image beginnt mit `FROM debian:13`, der Host ist ein Ubuntu. Welcher Kernel führt das Programm aus?',
        en: 'An image begins with `FROM debian:13`, the host is an Ubuntu. Which kernel runs the program?',
      },
      options: [
        {
          id: 'image',
          isRight: false,
          text: { de: 'der von Debian 13', en: 'that of Debian 13' },
          why: { de: 'Im Image steckt kein Kernel, nur Dateien.', en: 'There is no kernel in the image, only files.' },
        },
        {
          id: 'host',
          isRight: true,
          text: { de: 'der des Hosts', en: 'the host’s' },
          why: { de: '`uname -r` zeigt drinnen und draußen dasselbe.', en: '`uname -r` shows the same inside and outside.' },
        },
        {
          id: 'docker',
          isRight: false,
          text: { de: 'ein kleiner, den Docker mitbringt', en: 'a small one that Docker brings along' },
          why: { de: 'Das täten gVisor oder Kata; Docker allein tut es nicht.', en: 'gVisor or Kata would; Docker alone does not.' },
        },
      ],
    },
    {
      id: 'who-sees-whom',
      type: 'multiple',
      ask: { de: 'Wen schützt ein Container vor wem?', en: 'Whom does a container protect from whom?' },
      options: [
        {
          id: 'host',
          isRight: true,
          text: { de: 'den Host vor der Anwendung', en: 'the host from the application' },
          why: { de: 'Dafür sind die fünf Schritte von runc da.', en: 'That is what runc’s five steps are for.' },
        },
        {
          id: 'application',
          isRight: false,
          text: { de: 'die Anwendung vor root auf dem Host', en: 'the application from root on the host' },
          why: { de: 'root liest `/proc/PID/root` und `/proc/PID/environ`.', en: 'root reads `/proc/PID/root` and `/proc/PID/environ`.' },
        },
        {
          id: 'neighbours',
          isRight: true,
          text: { de: 'Container voreinander, solange der Kernel hält', en: 'containers from one another, as long as the kernel holds' },
          why: { de: 'Und solange keiner eine Option hat, die es aufhebt.', en: 'And as long as none has an option that lifts it.' },
        },
      ],
    },
  ],
  '1.2': [
    {
      id: 'read-the-numbers',
      type: 'single',
      ask: {
        de: '`readlink /proc/self/ns/pid` liefert im Container dieselbe Nummer wie auf dem Host. Was weißt du?',
        en: '`readlink /proc/self/ns/pid` gives the same number in the container as on the host. What do you know?',
      },
      options: [
        {
          id: 'shared',
          isRight: true,
          text: { de: 'Der Container benutzt den pid-Namespace des Hosts.', en: 'The container uses the host’s pid namespace.' },
          why: { de: 'Gleiche Nummer, gleicher Namespace. Jemand hat `--pid=host` gesetzt.', en: 'Same number, same namespace. Somebody has set `--pid=host`.' },
        },
        {
          id: 'default',
          isRight: false,
          text: { de: 'Nichts Besonderes, das ist die Voreinstellung.', en: 'Nothing special, that is the default.' },
          why: { de: 'Für user und time stimmt das, für pid nicht.', en: 'True for user and time, not for pid.' },
        },
        {
          id: 'privileged',
          isRight: false,
          text: { de: 'Der Container läuft mit `--privileged`.', en: 'The container runs with `--privileged`.' },
          why: { de: '`--privileged` ändert keinen Namespace.', en: '`--privileged` changes no namespace.' },
        },
      ],
    },
    {
      id: 'environ-of-pid-1',
      type: 'single',
      ask: {
        de: 'Mit `--pid=host` liest ein Container die Variablen seines Nachbarn, aber nicht die von PID 1. Warum?',
        en: 'With `--pid=host` a container reads its neighbour’s variables but not those of PID 1. Why?',
      },
      options: [
        {
          id: 'capabilities',
          isRight: true,
          text: { de: 'PID 1 hat Capabilities, die ihm selbst fehlen.', en: 'PID 1 has capabilities that it lacks itself.' },
          why: {
            de: 'Wer hineinsehen will, braucht mindestens dieselben, oder `SYS_PTRACE`.',
            en: 'Whoever wants to look inside needs at least the same ones, or `SYS_PTRACE`.',
          },
        },
        {
          id: 'uid',
          isRight: false,
          text: { de: 'PID 1 gehört einem anderen Benutzer.', en: 'PID 1 belongs to another user.' },
          why: { de: 'Beide gehören uid 0.', en: 'Both belong to uid 0.' },
        },
        {
          id: 'mount',
          isRight: false,
          text: { de: 'Der Mount-Namespace verdeckt `/proc/1`.', en: 'The mount namespace hides `/proc/1`.' },
          why: { de: 'Das Verzeichnis ist da; das Lesen wird verweigert.', en: 'The directory is there; reading is refused.' },
        },
      ],
    },
  ],
  '1.3': [
    {
      id: 'which-switch',
      type: 'match',
      ask: { de: 'Welcher Schalter schneidet welchen Weg ab?', en: 'Which switch cuts which way?' },
      pairs: [
        {
          id: 'nsenter',
          left: { de: '`nsenter -t 1`', en: '`nsenter -t 1`' },
          right: { de: 'ein eigener pid-Namespace', en: 'a pid namespace of its own' },
          why: { de: 'Ohne `--pid=host` ist PID 1 der eigene Prozess.', en: 'Without `--pid=host`, PID 1 is its own process.' },
        },
        {
          id: 'chroot',
          left: { de: '`chroot /host`', en: '`chroot /host`' },
          right: { de: 'nur das nötige Verzeichnis einbinden', en: 'mounting only the directory it needs' },
          why: { de: 'Was nicht eingebunden ist, kann niemand betreten.', en: 'Nobody can enter what is not mounted.' },
        },
        {
          id: 'release-agent',
          left: { de: '`release_agent`', en: '`release_agent`' },
          right: { de: 'kein `SYS_ADMIN`', en: 'no `SYS_ADMIN`' },
          why: { de: 'Ohne es lässt sich keine cgroup-Hierarchie einhängen.', en: 'Without it no cgroup hierarchy can be mounted.' },
        },
      ],
    },
  ],
  '1.4': [
    {
      id: 'unconfined',
      type: 'multiple',
      ask: {
        de: 'Jemand setzt `--security-opt seccomp=unconfined`. Welche Lücken aus der Tabelle bremst dann weniger?',
        en: 'Somebody sets `--security-opt seccomp=unconfined`. Which bugs of the table are slowed down less by that?',
      },
      options: [
        {
          id: 'fsconfig',
          isRight: true,
          text: { de: 'CVE-2022-0185 (`fsconfig`)', en: 'CVE-2022-0185 (`fsconfig`)' },
          why: { de: 'Das Profil verbot `unshare`, und damit den nötigen User-Namespace.', en: 'The profile forbade `unshare`, and with it the user namespace it needs.' },
        },
        {
          id: 'release-agent',
          isRight: true,
          text: { de: 'CVE-2022-0492 (`release_agent`)', en: 'CVE-2022-0492 (`release_agent`)' },
          why: { de: 'AppArmor oder SELinux hielte sie noch auf, wo es sie gibt.', en: 'AppArmor or SELinux would still stop it where they exist.' },
        },
        {
          id: 'dirty-pipe',
          isRight: false,
          text: { de: 'Dirty Pipe', en: 'Dirty Pipe' },
          why: { de: '`splice` und `write` erlaubt jedes Profil.', en: 'Every profile allows `splice` and `write`.' },
        },
        {
          id: 'runc-2019',
          isRight: false,
          text: { de: 'CVE-2019-5736 (runc)', en: 'CVE-2019-5736 (runc)' },
          why: { de: 'Dort half ein `USER` ungleich root.', en: 'There a `USER` other than root helped.' },
        },
      ],
    },
  ],
  '1.5': [
    {
      id: 'owner-65534',
      type: 'single',
      ask: {
        de: 'Nach dem Einschalten von `userns-remap` gehören eingebundene Dateien im Container plötzlich `65534`. Was ist richtig?',
        en: 'After `userns-remap` was switched on, mounted files suddenly belong to `65534` in the container. What is right?',
      },
      options: [
        {
          id: 'chmod',
          isRight: false,
          text: { de: '`chmod -R 777`, dann darf jeder', en: '`chmod -R 777`, then everybody may' },
          why: { de: 'Jeder auf dem Host auch.', en: 'So may everybody on the host.' },
        },
        {
          id: 'chown',
          isRight: true,
          text: { de: '`chown` auf die abgebildete ID, etwa 100000', en: '`chown` to the mapped id, such as 100000' },
          why: { de: 'Dann gehört das Verzeichnis dem root des Containers und sonst niemandem.', en: 'Then the directory belongs to the container’s root and to nobody else.' },
        },
        {
          id: 'userns-host',
          isRight: false,
          text: { de: '`--userns=host` für diesen Container', en: '`--userns=host` for this container' },
          why: { de: 'Das nimmt genau die Abbildung zurück, die du wolltest.', en: 'That takes back the very map you wanted.' },
        },
      ],
    },
    {
      id: 'who-makes-it',
      type: 'single',
      ask: { de: 'Wann vergrößert ein User-Namespace die Angriffsfläche?', en: 'When does a user namespace enlarge the attack surface?' },
      options: [
        {
          id: 'daemon',
          isRight: false,
          text: { de: 'wenn der Daemon ihn für den Container anlegt', en: 'when the daemon makes it for the container' },
          why: { de: 'Dann schützt er den Host.', en: 'Then it protects the host.' },
        },
        {
          id: 'container',
          isRight: true,
          text: { de: 'wenn der Container selbst welche anlegen darf', en: 'when the container may make some itself' },
          why: { de: 'Er wird darin root und erreicht Kernel-Code, der ihm sonst verschlossen wäre.', en: 'It becomes root in there and reaches kernel code otherwise closed to it.' },
        },
      ],
    },
  ],
  '1.7': [
    {
      id: 'edited-and-reloaded',
      type: 'single',
      ask: {
        de: 'Du hast `no-new-privileges` in `daemon.json` eingetragen und den Daemon mit SIGHUP neu geladen. Wie prüfst du, ob es gilt?',
        en: 'You have entered `no-new-privileges` in `daemon.json` and reloaded the daemon with SIGHUP. How do you check whether it holds?',
      },
      options: [
        {
          id: 'file',
          isRight: false,
          text: { de: '`cat /etc/docker/daemon.json`', en: '`cat /etc/docker/daemon.json`' },
          why: { de: 'Die Datei sagt, was gelten soll.', en: 'The file says what should hold.' },
        },
        {
          id: 'inspect',
          isRight: false,
          text: { de: '`docker inspect` eines neuen Containers', en: '`docker inspect` of a new container' },
          why: { de: 'Die Voreinstellung des Daemons steht dort nicht, das Feld ist leer.', en: 'The daemon’s default does not appear there; the field is empty.' },
        },
        {
          id: 'status',
          isRight: true,
          text: { de: '`NoNewPrivs` in `/proc/PID/status` eines neuen Containers', en: '`NoNewPrivs` in `/proc/PID/status` of a new container' },
          why: { de: 'Und dort steht 0: Diese Einstellung braucht einen Neustart.', en: 'And it says 0 there: this setting needs a restart.' },
        },
      ],
    },
  ],
  '1.8': [
    {
      id: 'what-it-changes',
      type: 'multiple',
      ask: { de: 'Was ändert ein Container-Betriebssystem wie Bottlerocket?', en: 'What does a container operating system such as Bottlerocket change?' },
      options: [
        {
          id: 'tools',
          isRight: true,
          text: { de: 'Ein Eindringling findet kaum Werkzeug.', en: 'An intruder finds hardly any tools.' },
          why: { de: 'Keine Shell, kein Paketmanager.', en: 'No shell, no package manager.' },
        },
        {
          id: 'root',
          isRight: true,
          text: { de: 'Das Wurzeldateisystem lässt sich nicht dauerhaft verändern.', en: 'The root file system cannot be changed for good.' },
          why: { de: 'dm-verity prüft jeden Block.', en: 'dm-verity verifies every block.' },
        },
        {
          id: 'privileged',
          isRight: false,
          text: { de: '`--privileged` ist dort harmlos.', en: '`--privileged` is harmless there.' },
          why: { de: 'An den Optionen deiner Container ändert es nichts.', en: 'It changes nothing about your containers’ options.' },
        },
        {
          id: 'kernel',
          isRight: false,
          text: { de: 'Jeder Container bekommt einen eigenen Kernel.', en: 'Every container gets a kernel of its own.' },
          why: { de: 'Auch dort teilen sich alle den des Hosts.', en: 'There, too, all share the host’s.' },
        },
      ],
    },
  ],
} satisfies SectionQuizzes;
