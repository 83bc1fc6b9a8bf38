import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'stale-base': {
    de: 'Der Container läuft aus einem Image, das nicht auf der neuesten Ausgabe des Basis-Images steht. Neu gebaut ist nicht genug: `docker build` fragt die Registry nur mit `--pull`, und der Container muss neu erzeugt werden.',
    en: 'The container runs from an image that does not stand on the latest edition of the base image. Building again is not enough: `docker build` asks the registry only with `--pull`, and the container has to be created anew.',
  },
  'vulnerable-package': {
    de: 'Trivy findet in dem, woraus der Laden läuft, noch schwere Lücken, für die es eine Korrektur gibt.',
    en: 'In what the shop runs from, Trivy still finds serious vulnerabilities for which there is a fix.',
  },
  'vulnerable-code': {
    de: 'Trivy sieht nichts mehr, aber der verwundbare Code ist noch da. Eine geänderte Versionsnummer macht aus ihm keinen anderen.',
    en: 'Trivy no longer sees anything, yet the vulnerable code is still there. A changed version number does not make it another one.',
  },
  'exploit-works': {
    de: 'CVE-2022-29078 funktioniert noch: Der Laden hat Code ausgeführt, der in der Adresse stand.',
    en: 'CVE-2022-29078 still works: the shop ran code that stood in the address.',
  },
  'query-passed': {
    de: 'Die App reicht noch alles, was in der Adresse steht, an die Template-Engine weiter. Auch ejs 3.1.10 führt auf einem anderen Weg fremden Code aus, solange Fremde seine Optionen bestimmen.',
    en: 'The app still hands everything in the address to the template engine. Even ejs 3.1.10 runs foreign code by another way, as long as strangers set its options.',
  },
  'shop-broken': {
    de: 'Der Laden antwortet auf Port 8080 nicht richtig.',
    en: 'The shop does not answer properly on port 8080.',
  },
  'orders-lost': {
    de: 'Die Bestellungen von vorher sind weg. Sie liegen im Volume shopdata, und der neue Container braucht es unter /data.',
    en: 'The orders of before are gone. They are in the volume shopdata, and the new container needs it at /data.',
  },
  'order-broken': {
    de: 'Eine neue Bestellung kam nicht so zurück, wie sie aufgegeben wurde. Darf der Dienst nach /data/orders schreiben?',
    en: 'A new order did not come back as it was placed. May the service write to /data/orders?',
  },
  'still-old': {
    de: 'Der Laden funktioniert, aber er läuft noch aus dem Image von vorher.',
    en: 'The shop works, but it still runs from the image of before.',
  },
  'no-version': {
    de: 'Das Image, das läuft, hat keine Versionsnummer über 1.0. Nenne es zum Beispiel shop/web:1.0.1; `latest` allein sagt morgen niemandem, was heute lief.',
    en: 'The image that runs has no version number above 1.0. Call it shop/web:1.0.1, say; `latest` alone tells nobody tomorrow what ran today.',
  },
  'no-way-back': {
    de: 'shop/web:1.0 ist nicht mehr das Image von vorher. Eine Versionsnummer wird nur einmal vergeben, sonst gibt es keinen Weg zurück.',
    en: 'shop/web:1.0 is no longer the image of before. A version number is given once only, or there is no way back.',
  },
  'base-unpinned': {
    de: 'Nirgends steht, worauf das neue Image gebaut ist. Schreibe den Digest des Basis-Images in die FROM-Zeile von /srv/shop/Dockerfile oder in das Label org.opencontainers.image.base.digest.',
    en: 'Nothing says what the new image is built on. Write the digest of the base image into the FROM line of /srv/shop/Dockerfile, or into the label org.opencontainers.image.base.digest.',
  },
} as const satisfies Record<string, Text>;
