import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'image-runs-as-root': {
    de: 'Das Image, aus dem der Container läuft, startet als root. Der Name des Benutzers spielt keine Rolle, nur seine Nummer: Sie darf nicht 0 sein.',
    en: 'The image that the container runs from starts as root. The name of the user does not matter, only its number: it must not be 0.',
  },
  'user-unknown': {
    de: 'Das Image nennt einen Benutzer, den es in seiner /etc/passwd nicht gibt. Lege ihn an oder nimm eine Nummer.',
    en: 'The image names a user that its /etc/passwd does not know. Create the user, or use a number.',
  },
  'process-is-root': {
    de: 'Im Container läuft mindestens ein Prozess als root.',
    en: 'At least one process of the container runs as root.',
  },
  'root-group': {
    de: 'Ein Prozess des Containers gehört zur Gruppe 0 (root). `USER 10001` ohne Gruppe führt dazu; schreibe `USER 10001:10001`.',
    en: 'A process of the container belongs to group 0 (root). `USER 10001` without a group leads there; write `USER 10001:10001`.',
  },
  'docker-group': {
    de: 'Ein Prozess des Containers hat die Gruppennummer, die auf dem Docker-Host der Gruppe docker gehört. Wer zu ihr gehört, steuert den Docker-Daemon.',
    en: 'A process of the container has the group number that belongs to the group docker on the Docker host. Whoever is in it controls the Docker daemon.',
  },
  'root-powers': {
    de: 'Ein Prozess hat zwar eine andere Nummer als root, aber noch Capabilities von root.',
    en: 'A process has a number other than root’s, yet still holds capabilities of root.',
  },
  'code-writable': {
    de: 'Der Benutzer des Dienstes kann das Programm ändern, umbenennen oder etwas danebenlegen. Nur das Upload-Verzeichnis soll ihm zum Schreiben offenstehen.',
    en: 'The user of the service can change or rename its program, or put files beside it. Only the upload directory should be open to it for writing.',
  },
  'code-owned': {
    de: 'Die Dateien sind schreibgeschützt, gehören aber dem Benutzer des Dienstes. Wem eine Datei gehört, der kann ihr mit chmod das Schreibrecht zurückgeben: Lass sie root gehören.',
    en: 'The files are write-protected but belong to the user of the service. Whoever owns a file can give the write bit back with chmod: let root own them.',
  },
  'code-overwritten': {
    de: 'Ein Upload mit einem Namen wie `../server.js` hat das Programm überschrieben.',
    en: 'An upload with a name such as `../server.js` has overwritten the program.',
  },
  'code-not-found': {
    de: 'Das Programm des Dienstes ist im Container nicht zu finden. Starte es mit `node` und dem Pfad seiner Datei.',
    en: 'The program of the service cannot be found in the container. Start it with `node` and the path of its file.',
  },
  'too-privileged': {
    de: 'Der Container hat Rechte, mit denen man aus ihm ausbricht: `--privileged`, eine zu mächtige Capability oder kein seccomp-Filter. Ein Benutzer ohne root allein gleicht das nicht aus.',
    en: 'The container has rights that lead out of it: `--privileged`, too powerful a capability, or no seccomp filter. A user other than root does not make up for that.',
  },
  'host-exposed': {
    de: 'Ein Verzeichnis des Docker-Hosts, das den ganzen Host preisgibt, ist in den Container eingehängt.',
    en: 'A directory of the Docker host that gives away all of it is mounted into the container.',
  },
  'setuid-root-upload': {
    de: 'Ein Programm, das über den Dienst hochgeladen wird, läuft auf dem Docker-Host mit den Rechten von root.',
    en: 'A program uploaded through the service runs with the rights of root on the Docker host.',
  },
  'leftover-setuid': {
    de: 'Unter den Uploads auf dem Docker-Host liegt noch ein Programm, das mit den Rechten von root läuft, etwa von deinem eigenen Angriff. Es bleibt gefährlich, auch wenn der Dienst repariert ist.',
    en: 'Among the uploads on the Docker host there still is a program that runs with the rights of root, perhaps from your own attack. It stays dangerous even though the service is mended.',
  },
  'setuid-helper': {
    de: 'Der Container enthält ein Programm mit setuid- oder setgid-Bit, und es wirkt: `no-new-privileges` ist nicht gesetzt.',
    en: 'The container holds a program with the setuid or setgid bit, and it takes effect: `no-new-privileges` is not set.',
  },
  'sudo-without-password': {
    de: 'Eine Regel im Image erlaubt es, ohne Passwort root zu werden.',
    en: 'A rule in the image lets somebody become root without a password.',
  },
  'upload-broken': {
    de: 'Hochladen und wieder Herunterladen gelingt nicht. Darf der Benutzer des Containers in das Upload-Verzeichnis schreiben?',
    en: 'A file cannot be uploaded and downloaded again. May the container’s user write to the upload directory?',
  },
  'upload-not-found': {
    de: 'Die hochgeladene Datei kommt zwar zurück, liegt aber in keinem Verzeichnis des Containers.',
    en: 'The uploaded file comes back, but lies in no directory of the container.',
  },
  'service-broken': {
    de: 'Der Dienst auf Port 8080 antwortet nicht so, wie er soll.',
    en: 'The service on port 8080 does not answer as it should.',
  },
  'serves-as-root': {
    de: 'Der Dienst arbeitet, aber noch als root.',
    en: 'The service works, but still as root.',
  },
  'root-writable': {
    de: 'In das Wurzelverzeichnis des Containers lässt sich noch schreiben.',
    en: 'The container’s root directory can still be written to.',
  },
} as const satisfies Readonly<Record<string, Text>>;
