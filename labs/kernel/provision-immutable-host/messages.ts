import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'pet-broken': {
    de: 'Die Sicherung von petbox funktioniert nicht: Eine neue Datei in /srv/petbox/data erscheint nicht in ihrer Liste auf Port 8090.',
    en: 'petbox’s backup does not work: a new file in /srv/petbox/data does not appear in its list on port 8090.',
  },
  'pet-writable': {
    de: 'Im Container lässt sich noch etwas vom System ändern. Schreibbar sein darf nur /var/spool/backup. Rechte allein genügen nicht: root im Container nimmt sie zurück.',
    en: 'Something of the system in the container can still be changed. Only /var/spool/backup may be writable. Modes alone are not enough: root in the container takes them back.',
  },
  'pet-changed': {
    de: 'Das Skript der Sicherung ist nicht das aus dem Image lab/petbox: Was jemand hineingeschrieben hat, ist jetzt unveränderlich dabei. Beginne mit dem Original.',
    en: 'The backup script is not the one of the image lab/petbox: what somebody wrote into it is now immutably there. Begin with the original.',
  },
  'ignition-missing': {
    de: '/root/host/config.ign ist nicht da.',
    en: '/root/host/config.ign is not there.',
  },
  'ignition-refused': {
    de: 'ignition-validate weist die Datei zurück. Eine Maschine bliebe damit beim ersten Start stehen.',
    en: 'ignition-validate refuses the file. A machine would stop with it at its first boot.',
  },
  'ignition-warns': {
    de: 'ignition-validate nimmt die Datei an, aber mit einer Warnung: Ein Schlüssel, den es nicht kennt, bewirkt nichts.',
    en: 'ignition-validate takes the file, but with a warning: a key that it does not know does nothing.',
  },
  'ignition-version': {
    de: 'Gefragt ist Ignition in der Version 3.3.0.',
    en: 'What is asked for is Ignition in version 3.3.0.',
  },
  'config-elsewhere': {
    de: 'Ein Teil der Konfiguration käme erst beim Start von anderswoher (merge, replace, append oder eine Adresse im Netz). Was der Host tut, soll in dieser Datei stehen.',
    en: 'Part of the configuration would come from elsewhere at boot (merge, replace, append, or an address on the network). What the host does should be in this file.',
  },
  'password-login': {
    de: 'Mit dieser Konfiguration meldet sich jemand mit einem Passwort an.',
    en: 'With this configuration somebody logs in with a password.',
  },
  'no-key': {
    de: 'Für den Benutzer core fehlt ein öffentlicher Schlüssel. Dann kommt auch im Notfall niemand hinein.',
    en: 'The user core has no public key. Then nobody gets in, not even in an emergency.',
  },
  'protection-off': {
    de: 'Die Konfiguration schaltet einen Schutz des Kernels ab: SELinux oder die Maßnahmen gegen CPU-Lücken.',
    en: 'The configuration switches off a protection of the kernel: SELinux, or the mitigations for CPU flaws.',
  },
  'updates-off': {
    de: 'Dieser Host aktualisiert sich nicht von selbst: Es fehlt eine gültige Strategie für Zincati, oder Zincati ist abgeschaltet. Unter mehreren Dateien gewinnt die letzte.',
    en: 'This host does not update itself: a valid strategy for Zincati is missing, or Zincati is switched off. Among several files the last one wins.',
  },
  'docker-reachable': {
    de: 'Die Docker-API wäre über das Netz erreichbar. Wer sie erreicht, ist root.',
    en: 'The Docker API would be reachable over the network. Whoever reaches it is root.',
  },
  'daemon-json': {
    de: '/etc/docker/daemon.json muss ein JSON-Objekt sein, das userns-remap oder no-new-privileges setzt.',
    en: '/etc/docker/daemon.json has to be a JSON object that sets userns-remap or no-new-privileges.',
  },
  'user-data-missing': {
    de: '/root/host/user-data.toml ist nicht da.',
    en: '/root/host/user-data.toml is not there.',
  },
  'user-data-invalid': {
    de: 'Bottlerocket würde diese Datei nicht annehmen: Sie ist kein TOML, nennt eine Einstellung, die es nicht gibt, oder gibt ihr einen Wert der falschen Art.',
    en: 'Bottlerocket would not take this file: it is not TOML, names a setting that does not exist, or gives it a value of the wrong kind.',
  },
  'no-lockdown': {
    de: 'settings.kernel.lockdown ist nicht auf integrity oder confidentiality gesetzt, oder ein Kernelparameter hebt den Schutz auf.',
    en: 'settings.kernel.lockdown is not set to integrity or confidentiality, or a kernel parameter undoes the protection.',
  },
  'door-open': {
    de: 'Ein Host-Container öffnet eine Tür zu root: Schalte admin ausdrücklich ab, und gib keinem anderen superpowered.',
    en: 'A host container opens a door to root: switch admin off explicitly, and make no other one superpowered.',
  },
  'privileged-tasks': {
    de: 'Auf diesem Host dürften Container mit Rechten starten, mit denen man ausbricht.',
    en: 'On this host containers could start with rights that lead out of them.',
  },
  'version-locked': {
    de: 'Eine feste Version in settings.updates.version-lock hält alle künftigen Sicherheitsupdates auf.',
    en: 'A fixed version in settings.updates.version-lock holds back every security update to come.',
  },
} as const satisfies Record<string, Text>;
