import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'socket-open': {
    de: 'Jeder Benutzer dieses Hosts darf mit Docker oder containerd sprechen, und das heißt: Jeder ist root. Sieh dir die Rechte von /run/docker.sock und /run/containerd/containerd.sock an.',
    en: 'Every user of this host may talk to Docker or containerd, which means that everybody is root. Look at the permissions of /run/docker.sock and /run/containerd/containerd.sock.',
  },
  'socket-owner': {
    de: 'Der Socket gehört nicht root. Sein Besitzer kann die Rechte jederzeit wieder öffnen.',
    en: 'The socket does not belong to root. Its owner can open the permissions again at any time.',
  },
  'untrusted-user': {
    de: 'Außer root und `deploy` darf noch jemand mit Docker sprechen. Denk auch an Konten, deren erste Gruppe `docker` ist: `getent group docker` zeigt sie nicht.',
    en: 'Somebody besides root and `deploy` may still talk to Docker. Think of accounts whose first group is `docker`, too: `getent group docker` does not show them.',
  },
  'account-missing': {
    de: 'Ein Konto, das gebraucht wird, ist weg. Rechte nimmst du jemandem, indem du ihn aus der Gruppe nimmst, nicht indem du ihn löschst.',
    en: 'An account that is needed is gone. You take rights away from somebody by taking them out of the group, not by deleting them.',
  },
  'deploy-locked-out': {
    de: '`deploy` kommt nicht mehr an Docker heran. Die Auslieferung braucht das aber.',
    en: '`deploy` can no longer reach Docker, but deliveries need that.',
  },
  'group-still-held': {
    de: 'Ein laufender Prozess hält die Gruppe des Sockets noch. Gruppen werden beim Start vergeben: Wer schon läuft, behält sie, bis er neu startet.',
    en: 'A running process still holds the group of the socket. Groups are given at the start: whoever runs already keeps them until it is restarted.',
  },
  'group-lent': {
    de: 'Ein Programm mit setgid-Bit verleiht die Gruppe des Sockets an jeden, der es startet.',
    en: 'A program with the setgid bit lends the group of the socket to everybody who starts it.',
  },
  'file-writable': {
    de: 'Eine Datei oder ein Verzeichnis, das den Start von Docker bestimmt, kann außer root noch jemand ändern. Was der Daemon als root liest oder ausführt, darf nur root schreiben.',
    en: 'A file or folder that decides how Docker starts can be changed by somebody other than root. What the daemon reads or runs as root, only root may write.',
  },
  'file-is-link': {
    de: 'Eine Konfigurationsdatei ist nur noch ein Link. Lege sie als gewöhnliche Datei an ihren Platz.',
    en: 'A configuration file is only a link now. Put it into its place as an ordinary file.',
  },
  'new-privileges': {
    de: 'Ein frischer Container darf sich noch zusätzliche Rechte holen (NoNewPrivs 0). Steht die Einstellung schon in der Datei? Dann läuft der Daemon noch mit der alten.',
    en: 'A fresh container may still gain privileges (NoNewPrivs 0). Is the setting in the file already? Then the daemon still runs with the old one.',
  },
  'neighbours-talk': {
    de: 'Auf der Standard-Bridge erreicht jeder Container jeden anderen. Ein übernommener Container sucht sich dort das nächste Opfer. Steht `icc` schon auf false? Läuft beim Neustart ein Container mit live-restore durch, rührt der Daemon die Bridge nicht an: `docker stop shop`, Docker neu starten, `docker start shop`.',
    en: 'On the default bridge every container reaches every other one. A container that was taken over looks for its next victim there. Is `icc` false already? If a container runs through the restart with live-restore, the daemon leaves the bridge as it is: `docker stop shop`, restart Docker, `docker start shop`.',
  },
  'logs-unbounded': {
    de: 'Was ein Container ausgibt, darf die Platte des Hosts füllen. Begrenze Größe und Zahl der Protokolldateien, oder nimm den Treiber `local`.',
    en: 'What a container prints may fill the disk of the host. Bound the size and the number of log files, or use the driver `local`.',
  },
  'userland-proxy': {
    de: 'Für veröffentlichte Ports läuft noch docker-proxy, als root auf dem Host. Der Kernel leitet die Pakete auch ohne ihn weiter.',
    en: 'docker-proxy still runs for published ports, as root on the host. The kernel forwards the packets without it, too.',
  },
  'insecure-registries': {
    de: 'Der Daemon würde Images auch ungeprüft und unverschlüsselt holen.',
    en: 'The daemon would also fetch images unencrypted, from anybody.',
  },
  'not-for-production': {
    de: 'Der Daemon läuft noch mit Debug-Ausgaben oder mit Funktionen, die nicht fertig sind.',
    en: 'The daemon still runs with debug output, or with features that are not finished.',
  },
  'no-live-restore': {
    de: 'Startet der Daemon neu, enden alle Container mit ihm. So schiebt man Updates vor sich her.',
    en: 'When the daemon restarts, all containers end with it. That is how updates get put off.',
  },
  'filedrop-listens': {
    de: 'Der vergessene Dienst lauscht noch.',
    en: 'The forgotten service still listens.',
  },
  'port-open': {
    de: 'Außer dem Shop ist von außen noch ein Port erreichbar.',
    en: 'Another port than the shop’s can be reached from outside.',
  },
  'filedrop-enabled': {
    de: 'Der vergessene Dienst steht, aber beim nächsten Start des Hosts startet runit ihn wieder.',
    en: 'The forgotten service is stopped, but runit starts it again when the host boots.',
  },
  'shop-broken': {
    de: 'Der Shop auf Port 8080 antwortet nicht richtig.',
    en: 'The shop on port 8080 does not answer properly.',
  },
  'shop-unchanged': {
    de: 'Der Shop läuft noch so, wie er vor deinen Änderungen angelegt wurde. Voreinstellungen des Daemons bekommt nur, wer danach angelegt wird.',
    en: 'The shop still runs as it was created before your changes. Defaults of the daemon are for containers that are created afterwards.',
  },
  'shop-restarted': {
    de: 'Der Shop hat den Neustart von Docker nicht überlebt, er musste neu starten. Mit live-restore läuft er durch.',
    en: 'The shop did not survive the restart of Docker, it had to be started again. With live-restore it runs through.',
  },
  'others-first': {
    de: 'Erst wenn die anderen Aufgaben gelöst sind, lohnt sich die Probe mit dem Neustart.',
    en: 'Trying a restart is worth it once the other tasks are done.',
  },
  'undone-by-restart': {
    de: 'Nach einem Neustart von Docker gilt deine Härtung nicht mehr. Wer stellt den alten Zustand wieder her?',
    en: 'After a restart of Docker your hardening no longer holds. Who restores the old state?',
  },
} as const satisfies Record<string, Text>;
