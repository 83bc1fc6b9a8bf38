import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'pipeline-missing': {
    de: 'Auf dem Docker-Host gibt es kein ausführbares /srv/ci/pipeline.sh mehr.',
    en: 'There is no executable /srv/ci/pipeline.sh on the Docker host any more.',
  },
  'good-refused': {
    de: 'Die Pipeline hat ein einwandfreies Repository abgelehnt: Nutzer 10001, korrigierte Pakete, kein Geheimnis. Ein fehlender HEALTHCHECK ist höchstens eine Warnung.',
    en: 'The pipeline refused a flawless repository: user 10001, mended packages, no secret. A missing HEALTHCHECK is a warning at most.',
  },
  'good-not-shipped': {
    de: 'Die Pipeline endete mit 0, aber in der Registry liegt das Image nicht unter registry.lab:5000/NAME:VERSION.',
    en: 'The pipeline ended with 0, yet the registry does not have the image as registry.lab:5000/NAME:VERSION.',
  },
  'other-shipped': {
    de: 'In der Registry liegt ein anderes Image als das, was in dem Repository stand.',
    en: 'The image in the registry is another one than the repository describes.',
  },
  'high-shipped': {
    de: 'Ein Image mit einer als HIGH eingestuften Lücke, für die es eine Korrektur gibt, wurde ausgeliefert.',
    en: 'An image with a vulnerability rated HIGH, for which there is a fix, was shipped.',
  },
  'critical-shipped': {
    de: 'Ein Image mit einer als CRITICAL eingestuften Lücke, für die es eine Korrektur gibt, wurde ausgeliefert. `--severity` ist eine Liste und keine Untergrenze.',
    en: 'An image with a vulnerability rated CRITICAL, for which there is a fix, was shipped. `--severity` is a list, not a lower bound.',
  },
  'unfixed-refused': {
    de: 'Ein Image wurde abgelehnt, obwohl es für seine schweren Lücken noch gar keine Korrektur gibt und die übrigen nur MEDIUM sind. Wer nichts tun kann, schaltet so ein Tor nach einer Woche ab.',
    en: 'An image was refused although there is no fix yet for its serious vulnerabilities, and the others are only MEDIUM. People who can do nothing about it switch such a gate off within a week.',
  },
  'deleted-secret-shipped': {
    de: 'Ein Image wurde ausgeliefert, in dessen Schichten ein Schlüssel steckt. Eine spätere Schicht löscht ihn, aber jede Schicht geht mit in die Registry.',
    en: 'An image was shipped with a key in its layers. A later layer deletes it, yet every layer goes to the registry.',
  },
  'env-secret-shipped': {
    de: 'Ein Image wurde ausgeliefert, in dessen ENV ein Token steht. `docker inspect` zeigt es jedem.',
    en: 'An image was shipped with a token in its ENV. `docker inspect` shows it to anybody.',
  },
  'no-user-shipped': {
    de: 'Ein Image ohne USER wurde ausgeliefert. Es läuft als root.',
    en: 'An image without USER was shipped. It runs as root.',
  },
  'root-user-shipped': {
    de: 'Ein Image wurde ausgeliefert, das als Nummer 0 läuft: Die letzte USER-Zeile heißt `USER 0:0`. Frag das fertige Image und nicht das Dockerfile.',
    en: 'An image was shipped that runs as number 0: its last USER line is `USER 0:0`. Ask the finished image, not the Dockerfile.',
  },
  'refused-without-error': {
    de: 'Die Pipeline liefert zwar nicht aus, endet aber mit 0. Wer sie aufruft, hält das für Erfolg.',
    en: 'The pipeline does not ship, yet it ends with 0. Whoever calls it takes that for success.',
  },
  'pushed-anyway': {
    de: 'Die Pipeline endete mit einem Fehler, aber das Image war schon in der Registry. Erst prüfen, dann pushen: Was einmal dort lag, hat vielleicht schon jemand gezogen.',
    en: 'The pipeline ended with an error, but the image had already reached the registry. Look first, push then: what has been there once may have been pulled already.',
  },
  'no-bill': {
    de: 'Zu dem ausgelieferten Image liegt in /srv/ci/out keine Datei NAME-DIGEST.cdx.json, mit dem Digest, unter dem die Registry es hat (sha256:…).',
    en: 'For the image that was shipped there is no file NAME-DIGEST.cdx.json in /srv/ci/out, with the digest under which the registry has it (sha256:…).',
  },
  'bill-unreadable': {
    de: 'Die Stückliste ist kein CycloneDX-JSON.',
    en: 'The bill of materials is not CycloneDX JSON.',
  },
  'bill-incomplete': {
    de: 'In der Stückliste fehlt ein Paket, das im Image steckt.',
    en: 'The bill of materials lacks a package that is in the image.',
  },
  'dated-refused': {
    de: 'Eine Ausnahme, die noch gilt (.trivyignore im Repository, `CVE-… exp:JJJJ-MM-TT`), wurde nicht anerkannt.',
    en: 'An exception that still holds (.trivyignore in the repository, `CVE-… exp:YYYY-MM-DD`) was not accepted.',
  },
  'undated-accepted': {
    de: 'Eine Ausnahme ohne letzten Tag wurde anerkannt. Sie gilt für immer, und niemand sieht sie je wieder an.',
    en: 'An exception without a last day was accepted. It holds for ever, and nobody will ever look at it again.',
  },
  'expired-accepted': {
    de: 'Eine Ausnahme, deren letzter Tag vorbei ist, wurde noch anerkannt.',
    en: 'An exception whose last day has passed was still accepted.',
  },
  'clair-missing': {
    de: 'Es gibt noch kein ausführbares /srv/ci/clair-gate.sh.',
    en: 'There is no executable /srv/ci/clair-gate.sh yet.',
  },
  'clair-refused': {
    de: 'clair-gate.sh hat einen Bericht abgelehnt, in dem nichts steht, was schwer ist und sich beheben ließe.',
    en: 'clair-gate.sh refused a report that names nothing serious that could be mended.',
  },
  'clair-accepted': {
    de: 'clair-gate.sh hat einen Bericht durchgelassen, in dem ein Paket mit einer schweren, behebbaren Lücke steht.',
    en: 'clair-gate.sh let a report pass in which a package has a serious vulnerability that could be mended.',
  },
  'clair-nonsense': {
    de: 'clair-gate.sh hat etwas durchgelassen, das gar kein Bericht ist. Was es nicht lesen kann, darf es nicht gutheißen.',
    en: 'clair-gate.sh let something pass that is no report at all. What it cannot read, it must not approve.',
  },
} as const satisfies Record<string, Text>;
