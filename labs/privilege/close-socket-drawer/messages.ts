import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'socket-mounted': {
    de: 'In dash ist noch ein Socket des Docker-Hosts erreichbar. Unter welchem Pfad und ob nur lesbar, ist gleich: `:ro` schützt die Datei, nicht die Verbindung.',
    en: 'A socket of the Docker host can still be reached in dash. The path does not matter, nor does read-only: `:ro` protects the file, not the connection.',
  },
  'host-exposed': {
    de: 'Im Container ist ein Verzeichnis des Docker-Hosts eingehängt, das der Dienst nicht braucht und über das man an den Host, an Docker oder an fremde Geheimnisse kommt.',
    en: 'A directory of the Docker host is mounted into the container that the service does not need, and that leads to the host, to Docker or to other people’s secrets.',
  },
  'engine-power': {
    de: 'Aus dash kommen noch Anfragen an den Docker-Daemon durch, die Container lesen, ändern oder starten. Eine Liste braucht nur GET /containers/json.',
    en: 'Requests that read, change or start containers still get through from dash to the Docker daemon. A list needs GET /containers/json and nothing else.',
  },
  'dash-blind': {
    de: 'dash zeigt einen Container nicht, der gerade gestartet wurde. Eine Liste, die nicht stimmt, ist kein Dashboard.',
    en: 'dash does not show a container that has just been started. A list that is not true is no dashboard.',
  },
  'dash-first': {
    de: 'Noch hält dash selbst den Socket. Damit ist der Daemon für jeden erreichbar, der dash erreicht, auch von außen.',
    en: 'dash still holds the socket itself. So everybody who reaches dash reaches the daemon, from outside as well.',
  },
  'etc-mounted': {
    de: 'backup sieht noch etwas von /etc. Wer dort schreiben kann, legt ein Konto an; wer nur lesen kann, nimmt die Passwort-Hashes mit.',
    en: 'backup still sees something of /etc. Whoever can write there adds an account; whoever can only read takes the password hashes along.',
  },
  'account-left': {
    de: 'In /etc/passwd steht ein zweites Konto mit der Nummer 0, oder root hat kein Passwortfeld mehr. Das hat der Angriff hinterlassen, und der reparierte Container macht es nicht harmlos.',
    en: 'In /etc/passwd there is a second account with number 0, or root has lost its password field. The attack left it, and a repaired container does not make it harmless.',
  },
  'backup-incomplete': {
    de: 'Im Archiv fehlt eine Datei, die gerade in /srv/data gelegt wurde. backup muss /srv/data weiter sichern, und zwar den Stand von jetzt.',
    en: 'A file that was just put into /srv/data is missing from the archive. backup must go on saving /srv/data, as it is now.',
  },
  'proc-mounted': {
    de: 'metrics sieht noch Prozesse, die nicht seine sind. Aus /proc/<pid>/environ lassen sich deren Geheimnisse lesen, auch wenn der Mount nur lesbar ist.',
    en: 'metrics still sees processes that are not its own. Their secrets can be read from /proc/<pid>/environ, even if the mount is read-only.',
  },
  'figures-wrong': {
    de: 'Die Zahlen von metrics stimmen nicht mit denen der Maschine überein.',
    en: 'The figures of metrics do not agree with those of the machine.',
  },
  'too-privileged': {
    de: 'Der Container hat mehr Rechte als ein gewöhnlicher (Capabilities, kein seccomp-Filter oder ein beschreibbares /proc/sys). Damit braucht ein Angreifer keinen Mount mehr.',
    en: 'The container holds more than an ordinary one does (capabilities, no seccomp filter or a writable /proc/sys). With these an attacker needs no mount.',
  },
  'foreign-processes': {
    de: 'Der Container teilt sich seinen PID-Namespace mit anderen Prozessen. Dann zeigt ihm auch sein eigenes /proc fremde Umgebungen.',
    en: 'The container shares its pid namespace with other processes. Then its own /proc shows other people’s environments, too.',
  },
  'api-exposed': {
    de: 'Von außen antwortet auf einem Port etwas wie der Docker-Daemon. Der Proxy ist für dash da und braucht keinen veröffentlichten Port.',
    en: 'Seen from outside, something on a port answers like the Docker daemon. The proxy is there for dash and needs no published port.',
  },
  'api-for-all': {
    de: 'Auch andere Container erreichen die Docker-API. Gib dem Proxy ein eigenes Netz, in dem nur noch dash ist.',
    en: 'Other containers reach the Docker API as well. Give the proxy a network of its own with nobody but dash in it.',
  },
  'mounts-left': {
    de: 'Die Dienste arbeiten, aber noch mit Mounts, die sie nicht haben dürfen.',
    en: 'The services work, but still with mounts they must not have.',
  },
  'not-answering': {
    de: 'Ein Helfer antwortet nicht auf seinem Port (dash 8091, backup 8092, metrics 8093).',
    en: 'A helper does not answer on its port (dash 8091, backup 8092, metrics 8093).',
  },
  'propagation-shared': {
    de: 'Ein Mount hat die Propagation shared oder rshared: Was der Container darunter einhängt, erscheint auf dem Host, und umgekehrt.',
    en: 'A mount has the propagation shared or rshared: what the container mounts below it appears on the host, and the other way round.',
  },
} as const satisfies Record<string, Text>;
