import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'no-report': {
    de: 'Es gibt noch keinen Bericht unter /srv/watch/report.json.',
    en: 'There is no report at /srv/watch/report.json yet.',
  },
  'report-malformed': {
    de: 'Der Bericht sieht nicht so aus wie verabredet. Vergleiche ihn mit /srv/watch/example-report.json.',
    en: 'The report does not look as agreed. Compare it with /srv/watch/example-report.json.',
  },
  'report-stale': {
    de: 'Der Bericht ist älter als zwei Minuten. Wer nur einmal schaut, wacht nicht: Der Job muss von selbst immer wieder laufen.',
    en: 'The report is older than two minutes. Looking once is not watching: the job has to run again and again by itself.',
  },
  'not-rescanned': {
    de: 'Die Prüfung hat neue Meldungen nach /srv/advisories gelegt, und auch nach 20 Sekunden stand nichts davon im Bericht. Der Job muss das neueste Archiv benutzen, von selbst und bald.',
    en: 'The check put new advisories into /srv/advisories, and after 20 seconds nothing of them was in the report yet. The job has to use the newest archive, by itself and soon.',
  },
  'container-missed': {
    de: 'Ein laufender Container fehlt im Bericht. Geh von dem aus, was läuft (`docker ps`), nicht von einer Liste: Die Prüfung hat einen Container gestartet, der in keiner Datei steht.',
    en: 'A running container is missing from the report. Go by what runs (`docker ps`), not by a list: the check started a container that no file mentions.',
  },
  'wrongly-named': {
    de: 'Der Bericht schreibt einem Container eine Lücke zu, die er nicht hat. Wer immer alles meldet, dem hört bald niemand mehr zu.',
    en: 'The report pins a vulnerability on a container that does not have it. Whoever always reports everything is soon not listened to.',
  },
  'wrong-image': {
    de: 'imageId ist nicht das Image, aus dem der Container läuft. Ein Tag kann inzwischen auf ein anderes Image zeigen; `docker inspect -f "{{.Image}}" CONTAINER` sagt, was läuft.',
    en: 'imageId is not the image the container runs from. A tag may point to another image by now; `docker inspect -f "{{.Image}}" CONTAINER` says what runs.',
  },
  'finding-missed': {
    de: 'Eine Lücke, die die neuen Meldungen kennen, fehlt im Bericht, obwohl ein laufender Container sie hat.',
    en: 'A vulnerability that the new advisories know is missing from the report, although a running container has it.',
  },
  'wrong-priority': {
    de: 'Eine Lücke hat eine andere Priorität, als die Regeln sagen. Es zählen: Gibt es eine Korrektur? Wird die Lücke schon ausgenutzt (known-exploited.json)? Wie schwer ist sie?',
    en: 'A vulnerability has another priority than the rules say. What counts: is there a fix? Is it exploited already (known-exploited.json)? How severe is it?',
  },
  'end-of-life-wrong': {
    de: 'Welche Laufzeitumgebung am Ende ist, stimmt im Bericht nicht. Die Daten stehen in end-of-life.json des neuesten Archivs und können sich ändern.',
    en: 'What the report says of runtimes past their end is not right. The dates are in end-of-life.json of the newest archive, and they may change.',
  },
  'service-broken': {
    de: 'Einer der vier Dienste antwortet nicht richtig. Er braucht seinen Port und die Variablen aus harbour.env.',
    en: 'One of the four services does not answer properly. It needs its port and the variables of harbour.env.',
  },
  'exploit-works': {
    de: 'CVE-2022-29078 funktioniert noch: Der Laden hat Code ausgeführt, der in der Anfrage stand.',
    en: 'CVE-2022-29078 still works: the shop ran code that stood in the request.',
  },
  'still-old': {
    de: 'Der Laden läuft noch aus dem Image vom Anfang.',
    en: 'The shop still runs from the image of the start.',
  },
  'no-way-back': {
    de: 'Unter shop:1.2.0 ist nicht mehr das Image von vorher zu finden. Eine Versionsnummer wird nur einmal vergeben, sonst gibt es keinen Weg zurück.',
    en: 'The image of before is no longer to be found as shop:1.2.0. A version number is given once only, or there is no way back.',
  },
  unpinned: {
    de: 'Ein Container wurde nicht mit Version und Digest gestartet (registry.lab:5000/harbour/NAME:1.2.3@sha256:…). `latest` ist keine Version, auch nicht mit Digest dahinter.',
    en: 'A container was not started with version and digest (registry.lab:5000/harbour/NAME:1.2.3@sha256:…). `latest` is no version, not even with a digest behind it.',
  },
  'version-unknown': {
    de: 'Version und Digest gehören nicht zusammen: Die Registry hat unter dieser Version etwas anderes. Docker beachtet die Version neben einem Digest nicht, Menschen schon.',
    en: 'Version and digest do not belong together: the registry has something else under that version. Docker disregards the version beside a digest; people do not.',
  },
  'compose-differs': {
    de: 'Was läuft, steht so nicht in der Compose-Datei. Beim nächsten `docker compose up` läuft dann wieder etwas anderes.',
    en: 'What runs is not what the Compose file says. The next `docker compose up` will then run something else again.',
  },
  'compose-unreadable': {
    de: 'Compose kann die Compose-Datei in /srv/harbour nicht lesen.',
    en: 'Compose cannot read the Compose file in /srv/harbour.',
  },
  'no-bot': {
    de: 'In /srv/harbour gibt es weder eine renovate.json noch eine .github/dependabot.yml.',
    en: 'There is neither a renovate.json nor a .github/dependabot.yml in /srv/harbour.',
  },
  'bot-unreadable': {
    de: 'Der Bot könnte seine Einstellungen nicht lesen.',
    en: 'The bot could not read its settings.',
  },
  'bot-off': {
    de: 'Mit diesen Einstellungen sieht der Bot die Images der Compose-Datei nicht an.',
    en: 'With these settings the bot does not look at the images of the Compose file.',
  },
  'bot-ignores': {
    de: 'Die Einstellungen nehmen alle Images wieder aus.',
    en: 'The settings take all images out again.',
  },
  'bot-no-digests': {
    de: 'Renovate soll auch Digests festlegen und erneuern: mit config:best-practices, docker:pinDigests oder pinDigests.',
    en: 'Renovate is to pin and renew digests as well: by config:best-practices, docker:pinDigests or pinDigests.',
  },
  'bot-no-schedule': {
    de: 'Es fehlt ein Zeitplan, den der Bot versteht.',
    en: 'A schedule that the bot understands is missing.',
  },
} as const satisfies Record<string, Text>;
