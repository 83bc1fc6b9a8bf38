import type { Text } from '#lab';

export const messages = {
  'root-is-host-root': {
    de: 'Root in diesem Container ist noch root auf dem Docker-Host. Der Daemon muss mit `userns-remap` laufen, und zwar der laufende: Eine Datei zu ändern genügt nicht.',
    en: 'Root in this container is still root on the Docker host. The daemon has to run with `userns-remap`, the running one, that is: editing a file is not enough.',
  },
  'host-user-namespace': {
    de: 'Ein anderer Benutzer ist er, aber im User-Namespace des Docker-Hosts: Dort zählt jede Nummer so, wie sie ist. Übersetzt wird nichts.',
    en: 'It is another user, but in the Docker host’s user namespace: there every number counts as it is. Nothing is translated.',
  },
  'numbers-taken': {
    de: 'Die Nummern, auf die übersetzt wird, gehören auf dem Docker-Host schon jemandem. Nimm in /etc/subuid und /etc/subgid einen freien Bereich ab 65536.',
    en: 'The numbers that are translated to belong to somebody on the Docker host already. Take a free range from 65536 up in /etc/subuid and /etc/subgid.',
  },
  'group-is-host-group': {
    de: 'Die Benutzer werden übersetzt, die Gruppen nicht: Gruppe 0 im Container ist Gruppe 0 auf dem Docker-Host. Sieh in /etc/subgid nach.',
    en: 'The users are translated, the groups are not: group 0 in the container is group 0 on the Docker host. Look into /etc/subgid.',
  },
  'too-few-numbers': {
    de: 'Der Bereich ist zu klein. Images benutzen Nummern bis 65535, also braucht es 65536 davon; sonst scheitert der nächste Container an einer Datei von `nobody`.',
    en: 'The range is too small. Images use numbers up to 65535, so it takes 65536 of them; otherwise the next container fails at a file of `nobody`.',
  },
  'not-root-inside': {
    de: 'Im Container läuft die Buchhaltung nicht als root. Das ist sonst richtig, aber diese hier ist für root gebaut: Lass sie es sein, nur nicht außerhalb.',
    en: 'The bookkeeping does not run as root in the container. Elsewhere that is right, but this one is made for root: let it be root, only not outside.',
  },
  'self-test-failed': {
    de: 'Der Selbsttest der Buchhaltung unter /cgi-bin/status schlägt fehl: Sie ist nicht root, oder /data/spool gehorcht ihr nicht.',
    en: 'The bookkeeping’s own test at /cgi-bin/status fails: it is not root, or /data/spool does not obey it.',
  },
  'notes-lost': {
    de: 'Belege vom Anfang fehlen oder haben einen anderen Text. Hänge das Verzeichnis mit den alten Daten wieder ein, statt neu anzufangen.',
    en: 'Notes from the start are missing or have another text. Mount the directory with the old data again instead of starting afresh.',
  },
  'note-lost': {
    de: 'Ein neuer Beleg lässt sich nicht speichern oder kommt nicht zurück.',
    en: 'A new note cannot be stored, or does not come back.',
  },
  'data-in-container': {
    de: '/data ist kein Verzeichnis und kein Volume des Docker-Hosts: Mit dem Container sind die Belege weg.',
    en: '/data is neither a directory nor a volume of the Docker host: the notes go with the container.',
  },
  'data-of-host': {
    de: 'Im Datenverzeichnis gehören Dateien noch jemandem vom Docker-Host, zum Beispiel root. Gib sie der Nummer, die root im Container jetzt hat.',
    en: 'In the data directory there are files that still belong to somebody of the Docker host, root for example. Give them to the number that the container’s root has now.',
  },
  'data-open-to-all': {
    de: 'Die Daten darf jeder auf dem Docker-Host ändern. `chmod 777` ersetzt keinen Besitzer.',
    en: 'Everybody on the Docker host may change the data. `chmod 777` is no substitute for an owner.',
  },
  'written-by-another': {
    de: 'Was die Buchhaltung annimmt, schreibt ein anderer: Die Datei auf dem Docker-Host gehört keinem Benutzer dieses Containers.',
    en: 'What the bookkeeping accepts is written by somebody else: the file on the Docker host belongs to no user of this container.',
  },
  'upload-refused': {
    de: 'Der Upload nimmt eine Datei mit setuid-Bit nicht mehr an. Am Programm sollst du nichts ändern: Die Wirkung soll verschwinden, nicht die Funktion.',
    en: 'The upload no longer takes a file with the setuid bit. You are not to change the program: the effect has to go, not the feature.',
  },
  'setuid-root': {
    de: 'Ein hochgeladenes Programm gehört auf dem Docker-Host jemandem von dort und trägt das setuid-Bit: Wer es startet, bekommt dessen Rechte.',
    en: 'An uploaded program belongs to somebody of the Docker host and has the setuid bit: whoever starts it gets that somebody’s rights.',
  },
  leftover: {
    de: 'Im Datenverzeichnis liegt noch ein setuid-Programm, das einem Benutzer des Docker-Hosts gehört, etwa das von deinem Angriff. Lösche es.',
    en: 'In the data directory there is still a setuid program that belongs to a user of the Docker host, such as the one from your attack. Delete it.',
  },
  'opts-out': {
    de: 'Mindestens ein Container läuft im User-Namespace des Docker-Hosts. Sein root ist root.',
    en: 'At least one container runs in the Docker host’s user namespace. Its root is root.',
  },
  'not-genuine': {
    de: 'Auf dem Port antwortet nicht das Programm des Herstellers.',
    en: 'It is not the vendor’s program that answers on the port.',
  },
  silent: {
    de: 'Der Container läuft, antwortet aber nicht. `docker logs erp` (oder `desk`) sagt vielleicht, warum.',
    en: 'The container runs but does not answer. `docker logs erp` (or `desk`) may tell why.',
  },
  'not-back': {
    de: 'Nach dem Neustart von Docker ist die Buchhaltung nicht wiedergekommen. Fehlt `--restart`?',
    en: 'After the restart of Docker the bookkeeping did not come back. Is `--restart` missing?',
  },
} as const satisfies Record<string, Text>;
