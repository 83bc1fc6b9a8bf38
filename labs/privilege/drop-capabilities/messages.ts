import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'too-many-capabilities': {
    de: 'Ein Prozess des Containers darf mehr als nötig. Gebraucht werden höchstens SETUID und SETGID, und nur, solange der Proxy als root startet.',
    en: 'A process of the container may do more than it needs. At most SETUID and SETGID are needed, and only as long as the proxy starts as root.',
  },
  'tenant-read': {
    de: 'Eine frische Datei von Bille, die nur Bille lesen darf, ließ sich aus dem Container heraus lesen.',
    en: 'A fresh file of Bille’s that only Bille may read could be read from the container.',
  },
  'can-become-tenant': {
    de: 'Ein Prozess, der Anfragen bearbeitet, hat noch Capabilities. Mit SETUID etwa macht sich eingeschleuster Code zu Bille selbst und liest dann deren Dateien ganz regulär.',
    en: 'A process that handles requests still has capabilities. With SETUID, for one, injected code turns itself into Bille and then reads Bille’s files quite regularly.',
  },
  'tenant-locked-out': {
    de: 'Jetzt kommt auch Bille nicht mehr an die eigenen Dateien: /srv/tenants/bille muss Bille (2002) gehören, mit den Rechten 700.',
    en: 'Now Bille cannot reach her own files either: /srv/tenants/bille must belong to Bille (2002), with mode 700.',
  },
  'raw-network': {
    de: 'Aus dem Container heraus lassen sich noch rohe Pakete bauen oder Netzwerkkarten umstellen.',
    en: 'From the container one can still build raw packets or reconfigure network cards.',
  },
  'new-privileges': {
    de: 'Ein Prozess des Containers kann beim Start eines Programms Rechte hinzugewinnen: NoNewPrivs ist 0.',
    en: 'A process of the container can gain rights when it starts a program: NoNewPrivs is 0.',
  },
  'setuid-works': {
    de: 'Ein setuid-Programm von root hat im Container gewirkt.',
    en: 'A setuid program of root took effect in the container.',
  },
  'pages-broken': {
    de: 'Eine frische Seite von Alster kommt auf Port 8080 nicht mehr an.',
    en: 'A fresh page of Alster’s no longer arrives at port 8080.',
  },
  'operators-broken': {
    de: 'Die Seite der Betreiber auf Port 8081 tut nicht mehr, was sie soll: sagen, ob der Proxy eine Seite ausliefert. Sie abzuschalten ist kein Härten.',
    en: 'The operators’ page on port 8081 no longer does what it is for: saying whether the proxy delivers a page. Switching it off is not hardening.',
  },
  'serves-as-root': {
    de: 'Ein Prozess, der Anfragen bearbeitet, ist noch root. Nur der erste darf es sein, um die anderen zu starten.',
    en: 'A process that handles requests is still root. Only the first one may be, in order to start the others.',
  },
  'hidden-proxy': {
    de: 'Noch ein anderer Container hat die Ordner der Mieter eingehängt. Geprüft wird, wer wirklich an die Dateien kommt: Entferne ihn.',
    en: 'Another container has the tenants’ folders mounted as well. What is checked is who really reaches the files: remove it.',
  },
} as const satisfies Readonly<Record<string, Text>>;
