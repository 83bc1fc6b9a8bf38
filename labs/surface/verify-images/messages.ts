import type { Text } from '#lab';

/** What the checks say when a task is not done yet. */
export const messages = {
  'push-open': {
    de: 'Die Registry nimmt noch Änderungen von jemandem an, der sich nicht ausgewiesen hat. Der Beleg nennt die Anfrage.',
    en: 'The registry still takes changes from somebody who has not logged in. The evidence names the request.',
  },
  'registry-away': {
    de: 'Die Registry ist vom Netz der CI aus nicht zu erreichen. Wer niemanden hineinlässt, liefert auch nichts mehr aus.',
    en: 'The registry cannot be reached from CI’s network. Whoever lets nobody in ships nothing any more either.',
  },
  'ci-cannot-push': {
    de: 'Mit den Zugangsdaten aus /srv/shop/registry-cred (eine Zeile NAME:PASSWORT) konnte die CI kein Image ablegen. Trag genau diese in die htpasswd-Datei ein.',
    en: 'With the credentials in /srv/shop/registry-cred (one line, NAME:PASSWORD) CI could not push an image. Put exactly those into the htpasswd file.',
  },
  'runs-by-tag': {
    de: 'Der laufende Container wurde mit einem Tag gestartet. Ein Tag ist ein Zeiger, den jeder mit Schreibrecht umhängt; nur ein Digest (…@sha256:…) nennt den Inhalt.',
    en: 'The running container was started by a tag. A tag is a pointer that anybody with write access moves; only a digest (…@sha256:…) names the content.',
  },
  'pinned-unsigned': {
    de: 'Der Container ist an einen Digest gebunden, aber für diesen Inhalt hat das Release-Team nicht unterschrieben. Ein Digest sagt, was läuft, nicht, von wem es kommt.',
    en: 'The container is pinned to a digest, but the release team has not signed that content. A digest says what runs, not who it comes from.',
  },
  'runs-unsigned': {
    de: 'Im Shop läuft ein Image, für das es keine Signatur mit dem Release-Schlüssel gibt. Finde in der Registry das Image, das unterschrieben ist, und stelle es wieder her.',
    en: 'The shop runs an image without a signature by the release key. Find the image in the registry that is signed, and bring it back.',
  },
  'loot-served': {
    de: 'Der Shop gibt unter /www/loot noch das Passwort der Datenbank heraus.',
    en: 'The shop still hands out the database’s password at /www/loot.',
  },
  'shop-broken': {
    de: 'Der Shop auf Port 8080 antwortet nicht mehr wie vorher.',
    en: 'The shop on port 8080 no longer answers as it did.',
  },
  'deploy-missing': {
    de: 'Es gibt kein ausführbares /srv/shop/deploy.sh mehr. Die CI ruft genau dieses Skript auf, mit dem Namen eines Images.',
    en: 'There is no executable /srv/shop/deploy.sh any more. CI calls exactly that script, with the name of an image.',
  },
  'unsigned-deployed': {
    de: 'deploy.sh hat ein Image ausgeliefert, das niemand unterschrieben hat.',
    en: 'deploy.sh deployed an image that nobody has signed.',
  },
  'foreign-deployed': {
    de: 'deploy.sh hat ein Image ausgeliefert, das mit einem fremden Schlüssel unterschrieben ist. Dass eine Signatur da ist, sagt nichts; sie muss zu /root/keys/release.pub passen.',
    en: 'deploy.sh deployed an image signed with somebody else’s key. That there is a signature says nothing; it has to match /root/keys/release.pub.',
  },
  'borrowed-deployed': {
    de: 'deploy.sh hat ein Image mit geliehener Signatur ausgeliefert: Sie ist echt, gilt aber für einen anderen Digest. Vergleiche den Digest in der Signatur mit dem, der laufen soll.',
    en: 'deploy.sh deployed an image with a borrowed signature: genuine, but for another digest. Compare the digest in the signature with the one that is to run.',
  },
  'refused-without-error': {
    de: 'deploy.sh hat das falsche Image zwar nicht gestartet, endet aber mit 0. Die CI hält die Auslieferung dann für gelungen.',
    en: 'deploy.sh did not start the wrong image, but it ends with 0. CI then takes the deployment for a success.',
  },
  'old-one-gone': {
    de: 'Bei einer abgelehnten Auslieferung wurde der laufende Container beendet oder ersetzt. Prüfe zuerst, und fass ihn erst danach an: Ein falsches Image, das nur kurz läuft, hat auch gelaufen.',
    en: 'During a refused deployment the running container was ended or replaced. Verify first and touch it only afterwards: a wrong image that runs for a moment has run.',
  },
  'release-refused': {
    de: 'Ein Image, das mit dem echten Release-Schlüssel unterschrieben ist, wurde nicht ausgeliefert. Eine Prüfung, die alles ablehnt, prüft nichts.',
    en: 'An image signed with the real release key was not deployed. A check that refuses everything checks nothing.',
  },
  'default-changed': {
    de: '`deploy.sh` ohne Argument bringt nicht das Image zurück, das vorher lief. Trag es in /srv/shop/release ein, sonst liefert der nächste Lauf wieder etwas anderes aus.',
    en: '`deploy.sh` without an argument does not bring back the image that ran before. Put it into /srv/shop/release, or the next run deploys something else again.',
  },
  'moved-tag-runs': {
    de: 'Das Tag wurde nach dem Prüfen umgehängt, und gestartet wurde das neue Ziel. Löse das Tag genau einmal auf und arbeite danach nur noch mit dem Digest.',
    en: 'The tag was moved after it was verified, and the new target was started. Resolve the tag exactly once and work with the digest from then on.',
  },
  'needs-verification': {
    de: 'deploy.sh prüft noch keine Signaturen. Ohne Prüfung gibt es auch keine Lücke zwischen Prüfen und Starten, die man schließen könnte.',
    en: 'deploy.sh does not verify signatures yet. Without that there is no gap between verifying and starting to be closed.',
  },
} as const satisfies Record<string, Text>;
