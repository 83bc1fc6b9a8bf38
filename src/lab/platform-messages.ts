import type { Text } from './text.ts';

/** Messages that any check may end with; the lab does not define them. */
export const platformMessages = {
  'role-missing': {
    de: 'Der Container zu diesem Dienst läuft nicht. Starte ihn wieder: Abschalten zählt nicht als Härten.',
    en: 'The container of this service is not running. Start it again: switching it off does not count as hardening.',
  },
  'role-twice': {
    de: 'Mehrere laufende Container spielen diese Rolle. Entferne den alten, damit feststeht, welcher geprüft wird.',
    en: 'Several running containers play this role. Remove the old one, so that it is clear which one is checked.',
  },
  'service-elsewhere': {
    de: 'Auf dem Port antwortet etwas anderes als der geprüfte Container.',
    en: 'Something other than the checked container answers on the port.',
  },
  'twin-failed': {
    de: 'Die Prüfung konnte keine Kopie deines Containers starten und sagt deshalb lieber nichts. Prüfe noch einmal; bleibt es dabei, setze das Labor zurück.',
    en: 'The check could not start a copy of your container, so it would rather say nothing. Check again; if it stays like this, reset the lab.',
  },
  'twin-narrower': {
    de: 'Eine frische Kopie deines Containers hat engere Grenzen als der Container selbst. Er stammt noch aus der Zeit vor deiner Änderung: Erzeuge ihn neu.',
    en: 'A fresh copy of your container has narrower bounds than the container itself. It still dates from before your change: create it anew.',
  },
  'tools-changed': {
    de: 'Die Werkzeuge des Docker-Hosts wurden verändert, deshalb lässt sich nichts beweisen. Mach die Änderung rückgängig oder setze das Labor zurück.',
    en: 'The tools of the Docker host were changed, so nothing can be proven. Undo the change or reset the lab.',
  },
  'engine-down': {
    de: 'Der Docker-Daemon auf dem Docker-Host antwortet nicht. Sieh in /var/log/docker.log nach und starte ihn mit `systemctl restart docker`.',
    en: 'The Docker daemon on the Docker host does not answer. Look into /var/log/docker.log and start it with `systemctl restart docker`.',
  },
  'control-failed': {
    de: 'Die Gegenprobe ist gescheitert: Etwas, das gehen muss, ging nicht. Ohne sie beweist die Prüfung nichts.',
    en: 'The positive control failed: something that must work did not. Without it the check proves nothing.',
  },
  'box-failed': {
    de: 'Ein Werkzeug der Prüfung ist nicht fertig geworden oder ließ sich nicht starten. Prüfe noch einmal; bleibt es dabei, sieh nach, ob deine Dateien oder dein Image ungewöhnlich groß sind.',
    en: 'A tool of the check did not finish or could not be started. Check again; if it stays like this, see whether your files or your image are unusually large.',
  },
  'on-request': {
    de: 'Diese Aufgabe wird nur auf Knopfdruck geprüft, weil dabei Docker neu startet oder deine eigenen Skripte laufen.',
    en: 'This task is checked only when you press the button, because the check restarts Docker or runs your own scripts.',
  },
  'too-much': {
    de: 'Auf dem Docker-Host gibt es mehr Prozesse, Mounts, Verbindungen oder Container, als sich die Prüfung ansieht. Räum auf oder setze das Labor zurück.',
    en: 'The Docker host has more processes, mounts, connections or containers than the check looks at. Clean up or reset the lab.',
  },
  'timed-out': {
    de: 'Die Prüfung wurde nicht rechtzeitig fertig. Prüfe gleich noch einmal.',
    en: 'The check did not finish in time. Check again in a moment.',
  },
  'check-broken': {
    de: 'Die Prüfung selbst ist gescheitert. Das liegt nicht an dir; prüfe noch einmal oder setze das Labor zurück.',
    en: 'The check itself failed. It is not your fault; check again or reset the lab.',
  },
} as const satisfies Record<string, Text>;

export type PlatformMessageId = keyof typeof platformMessages;
