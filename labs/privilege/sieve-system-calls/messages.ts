import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'no-filter': {
    de: 'Mindestens ein Prozess des Renderers läuft ohne seccomp-Filter.',
    en: 'At least one process of the renderer runs without a seccomp filter.',
  },
  'foreign-runtime': {
    de: 'Der Container läuft mit einer anderen Laufzeitumgebung als runc. Ob sie den Filter überall gleich anlegt, lässt sich hier nicht zeigen.',
    en: 'The container runs with a runtime other than runc. Whether it lays on the same filter everywhere cannot be shown here.',
  },
  'call-open': {
    de: 'Mindestens ein gefährlicher Systemaufruf kommt noch bis zum Kernel durch.',
    en: 'At least one dangerous system call still gets through to the kernel.',
  },
  'network-sockets': {
    de: 'Im Renderer lassen sich noch Netzwerk-Sockets öffnen. `--network none` nimmt ihm nur die Karten; den Code im Kernel erreicht er weiter.',
    en: 'In the renderer one can still open network sockets. `--network none` only takes the cards away; the code in the kernel stays within reach.',
  },
  'no-profile': {
    de: 'Der Container hat kein lesbares seccomp-Profil: Er ist `unconfined` oder `--privileged`.',
    en: 'The container has no readable seccomp profile: it is `unconfined` or `--privileged`.',
  },
  'allows-by-default': {
    de: 'Das Profil lässt durch, was in keiner Regel steht. Eine Sperrliste kennt nur die Gefahren von gestern.',
    en: 'The profile lets through what no rule names. A deny list knows only yesterday’s dangers.',
  },
  'profile-too-wide': {
    de: 'Das Profil erlaubt Aufrufe, die nicht einmal Dockers Standardprofil freigibt.',
    en: 'The profile allows calls that not even Docker’s default profile gives away.',
  },
  'render-broken': {
    de: 'Ein Auftrag an Port 8080 wird nicht mehr richtig ausgeführt. Ein Auftrag startet Programme, legt Pipes und Dateien an und ändert Dateirechte; dazu kommt der Unix-Socket, über den er eintrifft.',
    en: 'A job sent to port 8080 is no longer carried out properly. A job starts programs, makes pipes and files and changes file modes; besides there is the Unix socket through which it arrives.',
  },
  'renders-as-root': {
    de: 'Der Renderer führt Aufträge jetzt als root aus.',
    en: 'The renderer now carries out jobs as root.',
  },
  'hidden-renderer': {
    de: 'Noch ein anderer Container hat das Auftragsverzeichnis eingehängt. Geprüft wird, wer die Aufträge wirklich ausführt: Entferne ihn.',
    en: 'Another container has the job directory mounted as well. What is checked is who really carries out the jobs: remove it.',
  },
} as const satisfies Readonly<Record<string, Text>>;
