import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'image-too-large': {
    de: 'Das Image, aus dem der Dienst läuft, ist größer als 140 MB. Was in einer Schicht liegt, zählt auch dann mit, wenn eine spätere es löscht.',
    en: 'The image the service runs from is larger than 140 MB. What lies in a layer counts even when a later one deletes it.',
  },
  'tool-found': {
    de: 'Im Image liegen noch Werkzeuge, mit denen ein Angreifer weiterkommt: Shells, Paketverwaltung, Interpreter, Download-Programme. Namen und Rechte ändern daran nichts.',
    en: 'There are still tools in the image that help an attacker: shells, package management, interpreters, programs for downloading. Names and modes change nothing about that.',
  },
  'tool-in-layer': {
    de: 'Der Container sieht diese Werkzeuge nicht mehr, aber sie liegen noch in einer Schicht des Images und werden mit ihm ausgeliefert.',
    en: 'The container no longer sees these tools, but they still lie in a layer of the image and are shipped with it.',
  },
  'tool-mounted': {
    de: 'Das Image ist schlank, aber du hängst Programme des Docker-Hosts in den Container ein.',
    en: 'The image is slim, but you mount programs of the Docker host into the container.',
  },
  'too-many-packages': {
    de: 'Der Scanner findet im Image mehr als 15 Pakete des Betriebssystems. Jedes will gepflegt werden, auch wenn es niemand benutzt.',
    en: 'The scanner finds more than 15 packages of the operating system in the image. Each wants to be looked after, even if nobody uses it.',
  },
  'too-many-programs': {
    de: 'Der Scanner findet kaum Pakete, aber im Image liegen Dutzende Programme und Bibliotheken, zu denen er nichts mehr sagen kann. Die Paketliste zu löschen macht ihn blind, nicht das Image klein.',
    en: 'The scanner finds hardly any packages, but the image holds dozens of programs and libraries about which it can no longer say anything. Deleting the list of packages makes it blind, not the image small.',
  },
  'vulnerable-package': {
    de: 'Trivy findet im Image eine schwere Lücke, für die es eine Korrektur gibt.',
    en: 'Trivy finds a serious vulnerability in the image that has a fix.',
  },
  'runs-as-root': {
    de: 'Ein Prozess des Dienstes läuft als root.',
    en: 'A process of the service runs as root.',
  },
  'image-as-root': {
    de: 'Dieser Container läuft zwar nicht als root, aber das Image sagt nichts davon: Wer es ohne --user startet, startet root.',
    en: 'This container does not run as root, but the image says nothing of it: whoever starts it without --user starts root.',
  },
  'shell-form': {
    de: 'Der Container wird über eine Shell gestartet. CMD ohne eckige Klammern heißt `/bin/sh -c`.',
    en: 'The container is started by way of a shell. CMD without brackets means `/bin/sh -c`.',
  },
  'injection-works': {
    de: 'Ein Befehl, den die Prüfung hinter den Namen eines Berichts gehängt hat, ist im Container gelaufen.',
    en: 'A command that the check appended to the name of a report ran in the container.',
  },
  'export-broken': {
    de: 'Der Export liefert einen frischen Bericht nicht mehr mit sortierten Zeilen aus. Ohne `sort` muss die App das selbst tun.',
    en: 'The export no longer delivers a fresh report with its lines sorted. Without `sort` the app has to do that itself.',
  },
  'still-fat': {
    de: 'Der Export geht, aber noch aus einem Image mit Dutzenden Programmen. Hier zählt, dass er es auch aus dem schlanken tut.',
    en: 'The export works, but still from an image with dozens of programs. What counts here is that it does so from the slim one, too.',
  },
  'hidden-report': {
    de: 'Noch ein anderer Container hat die Berichte eingehängt. Geprüft wird, wer die Arbeit wirklich tut: Entferne ihn.',
    en: 'Another container has the reports mounted as well. What is checked is who really does the work: remove it.',
  },
} as const satisfies Readonly<Record<string, Text>>;
