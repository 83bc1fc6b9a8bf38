import type { Language } from '#lab';

/** What a container has of a namespace: one of its own, the host's, its own with a hole in it, or the option touches none. */
type Cell = 'own' | 'host' | 'hole' | 'none';

interface MatrixRow {
  readonly id: string;
  readonly name: string;
  /** The option that changes the cell. Docker has none for some. */
  readonly option?: string;
  readonly begins: Cell;
  readonly becomes: Cell;
  /** What lies open in the state that is not the sealed one. */
  readonly leak: string;
}

interface MatrixText extends Readonly<Record<Cell, string>> {
  readonly intro: string;
  readonly introWithoutScript: string;
  readonly columns: { readonly namespace: string; readonly cell: string; readonly leak: string };
  readonly noOption: string;
  /** `{names}` are the namespaces shared with the host. */
  readonly shared: string;
  /** `--privileged` and `--pid=host` together. */
  readonly enter: string;
  readonly lonePrivileged: string;
  /** `userns-remap` with an option that it excludes. */
  readonly refused: string;
  readonly rows: readonly MatrixRow[];
}

export const matrixText: Readonly<Record<Language, MatrixText>> = {
  de: {
    intro: 'Ein Container mit Dockers Voreinstellung auf cgroup v2. Schalte Optionen ein und sieh, welche Zelle dem Host gehört und was dann offen liegt.',
    introWithoutScript: 'Ein Container mit Dockers Voreinstellung auf cgroup v2. Rechts steht, was offen liegt, wenn die Zelle dem Host gehört.',
    columns: { namespace: 'Namespace und Option', cell: 'wessen', leak: 'Was offen liegt' },
    own: 'Container',
    host: 'Host',
    hole: 'mit Loch',
    none: 'keine',
    noOption: 'keine Option',
    shared: 'Mit dem Host geteilt: {names}.',
    enter: 'Zusammen mit --privileged genügt jetzt nsenter -t 1: Der Prozess betritt alle Namespaces des Hosts.',
    refused: 'Diese Mischung lehnt Docker ab, solange nicht --userns=host dabeisteht. Damit wäre auch user wieder der des Hosts.',
    lonePrivileged: '--privileged ändert keine einzige Zelle. Es nimmt die Wände weg, die keine Namespaces sind.',
    rows: [
      {
        id: 'pid',
        name: 'pid',
        option: '--pid=host',
        begins: 'own',
        becomes: 'host',
        leak: 'Kommandozeilen aller Prozesse; `environ` und Dateien anderer Container; Signale an alle',
      },
      { id: 'net', name: 'net', option: '--network=host', begins: 'own', becomes: 'host', leak: 'jeder Dienst auf 127.0.0.1 des Hosts, alle Schnittstellen' },
      { id: 'ipc', name: 'ipc', option: '--ipc=host', begins: 'own', becomes: 'host', leak: '`/dev/shm` des Hosts, Semaphoren, Message Queues' },
      { id: 'mnt', name: 'mnt', option: '-v /:/host', begins: 'own', becomes: 'hole', leak: 'jede Datei des Hosts, auch mit `:ro`' },
      { id: 'uts', name: 'uts', option: '--uts=host', begins: 'own', becomes: 'host', leak: 'der Hostname; mit `SYS_ADMIN` lässt er sich ändern' },
      { id: 'cgroup', name: 'cgroup', option: '--cgroupns=host', begins: 'own', becomes: 'host', leak: 'die ganze cgroup-Hierarchie in `/proc/self/cgroup`' },
      { id: 'user', name: 'user', option: 'userns-remap', begins: 'host', becomes: 'own', leak: 'uid 0 im Container ist uid 0 des Hosts' },
      { id: 'time', name: 'time', begins: 'host', becomes: 'host', leak: 'die Uhr seit dem Start; kein Geheimnis' },
      {
        id: 'privileged',
        name: '(kein Namespace)',
        option: '--privileged',
        begins: 'none',
        becomes: 'none',
        leak: 'alle Capabilities, kein seccomp, alle Geräte, `/proc` ohne Abdeckung',
      },
    ],
  },
  en: {
    intro: 'A container with Docker’s defaults on cgroup v2. Switch options on and see which cell becomes the host’s and what lies open then.',
    introWithoutScript: 'A container with Docker’s defaults on cgroup v2. On the right stands what lies open when the cell is the host’s.',
    columns: { namespace: 'Namespace and option', cell: 'whose', leak: 'What lies open' },
    own: 'container',
    host: 'host',
    hole: 'has a hole',
    none: 'none',
    noOption: 'no option',
    shared: 'Shared with the host: {names}.',
    enter: 'Together with --privileged, nsenter -t 1 is now enough: the process steps into all of the host’s namespaces.',
    refused: 'Docker refuses this mixture unless --userns=host stands with it. Then user would be the host’s again, too.',
    lonePrivileged: '--privileged changes not a single cell. It takes away the walls that are not namespaces.',
    rows: [
      {
        id: 'pid',
        name: 'pid',
        option: '--pid=host',
        begins: 'own',
        becomes: 'host',
        leak: 'command lines of all processes; `environ` and files of other containers; signals to everyone',
      },
      { id: 'net', name: 'net', option: '--network=host', begins: 'own', becomes: 'host', leak: 'every service on the host’s 127.0.0.1, all interfaces' },
      { id: 'ipc', name: 'ipc', option: '--ipc=host', begins: 'own', becomes: 'host', leak: 'the host’s `/dev/shm`, semaphores, message queues' },
      { id: 'mnt', name: 'mnt', option: '-v /:/host', begins: 'own', becomes: 'hole', leak: 'every file of the host, with `:ro` too' },
      { id: 'uts', name: 'uts', option: '--uts=host', begins: 'own', becomes: 'host', leak: 'the host name; with `SYS_ADMIN` it can be changed' },
      { id: 'cgroup', name: 'cgroup', option: '--cgroupns=host', begins: 'own', becomes: 'host', leak: 'the whole cgroup hierarchy in `/proc/self/cgroup`' },
      { id: 'user', name: 'user', option: 'userns-remap', begins: 'host', becomes: 'own', leak: 'uid 0 in the container is uid 0 on the host' },
      { id: 'time', name: 'time', begins: 'host', becomes: 'host', leak: 'the clock since boot; no secret' },
      {
        id: 'privileged',
        name: '(no namespace)',
        option: '--privileged',
        begins: 'none',
        becomes: 'none',
        leak: 'all capabilities, no seccomp, all devices, `/proc` without masks',
      },
    ],
  },
};
