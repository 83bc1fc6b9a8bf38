import type { Text } from '#lab';

/** What a check of this lab may say when a task is not done yet. */
export const messages = {
  'secret-in-config': {
    de: 'In der Konfiguration oder der Historie des Images steht ein Geheimnis: als `ENV`, als Build-Argument oder in einem Befehl. `docker history --no-trunc` zeigt es jedem.',
    en: 'A secret stands in the image’s configuration or history: as `ENV`, as a build argument or in a command. `docker history --no-trunc` shows it to anybody.',
  },
  'secret-in-layer': {
    de: 'In einem Layer liegt ein Geheimnis. Ein späterer Layer, der die Datei löscht, und eine andere Schreibweise (Base64, hex) ändern daran nichts.',
    en: 'A secret lies in a layer. A later layer that deletes the file does not change that, nor does another way of writing it (base64, hex).',
  },
  'key-in-layer': {
    de: 'In einem Layer liegt ein privater Schlüssel, auch wenn ein späterer Layer ihn löscht.',
    en: 'A private key lies in a layer, even if a later layer deletes it.',
  },
  'files-in-layer': {
    de: 'In einem Layer liegt ein `.git` oder eine `.env`. Beides gehört nie in ein Image: Was heute harmlos darin steht, ist morgen ein Passwort.',
    en: 'A `.git` or an `.env` lies in a layer. Neither ever belongs in an image: what is harmless in there today is a password tomorrow.',
  },
  'no-artifact': {
    de: 'Im Image fehlt /app/artifact, oder es stammt nicht von internal-api. Ein Image ohne sein Artefakt ist zwar sauber, aber nutzlos.',
    en: '/app/artifact is missing from the image or does not come from internal-api. An image without its artifact is clean, but useless.',
  },
  'build-failed': {
    de: '`build.sh VERSION` ist gescheitert oder hat kein Image `shop/worker:VERSION` hinterlassen. Die CI ruft es genau so auf und nennt in BUILD_TOKEN_FILE die Datei mit dem Token.',
    en: '`build.sh VERSION` failed or left no image `shop/worker:VERSION`. CI calls it exactly like this and names the token’s file in BUILD_TOKEN_FILE.',
  },
  'not-built': {
    de: 'build.sh hat kein neues Image gemacht: Es gab einem alten einen neuen Namen, oder alle Schritte kamen aus dem Build-Cache.',
    en: 'build.sh made no new image: it gave an old one a new name, or all steps came from the build cache.',
  },
  'old-artifact': {
    de: 'Im neuen Image liegt das Artefakt einer anderen Version. Es kommt aus dem Build-Cache oder aus einer Datei, die herumlag.',
    en: 'The artifact of another version lies in the new image. It comes from the build cache or from a file that lay about.',
  },
  'other-token': {
    de: 'Das Artefakt wurde mit einem anderen Token geholt als dem in BUILD_TOKEN_FILE. Irgendwo liegt also eins fest im Build.',
    en: 'The artifact was fetched with another token than the one in BUILD_TOKEN_FILE. So somewhere one is built in.',
  },
  'token-in-other-image': {
    de: 'Der Build hinterlässt auf dem Docker-Host noch ein zweites Image, und darin steht das Token: eine Stufe mit eigenem Namen oder ein Zwischenstand des alten Builders.',
    en: 'The build leaves a second image on the Docker host, and the token stands in it: a stage with a name of its own, or an intermediate image of the old builder.',
  },
  'password-in-config': {
    de: 'Das Passwort steht in der Konfiguration des Containers oder des Images: `docker inspect` zeigt es.',
    en: 'The password stands in the configuration of the container or of the image: `docker inspect` shows it.',
  },
  'password-in-process': {
    de: 'Das Passwort steht in der Umgebung oder den Argumenten eines laufenden Prozesses. Kindprozesse erben es, und Absturzberichte nehmen es mit.',
    en: 'The password stands in the environment or the arguments of a running process. Child processes inherit it, and crash reports take it along.',
  },
  'worker-broken': {
    de: 'Der Worker bekommt von internal-api keine Bestellung mehr: `curl http://dockerhost:8080/cgi-bin/order?nonce=1` muss eine liefern.',
    en: 'The worker gets no orders from internal-api any more: `curl http://dockerhost:8080/cgi-bin/order?nonce=1` must deliver one.',
  },
  'not-mounted': {
    de: 'Der Worker hat keine eingehängte Datei, in der sein aktuelles Passwort steht.',
    en: 'The worker has no mounted file that holds its current password.',
  },
  'readable-for-all': {
    de: 'Die Datei mit dem Passwort ist für alle Benutzer lesbar. 0400 oder 0600 reicht, Besitzer ist, als wer der Worker läuft.',
    en: 'The file with the password is readable for all users. 0400 or 0600 is enough, owned by whoever the worker runs as.',
  },
  'old-token-works': {
    de: 'internal-api nimmt das alte Token noch. Wer das Image gezogen hat, kommt damit weiter hinein.',
    en: 'internal-api still takes the old token. Whoever has pulled the image still gets in with it.',
  },
  'old-password-works': {
    de: 'internal-api nimmt das alte Passwort für Bestellungen noch. Es lag im selben Image wie das Token.',
    en: 'internal-api still takes the old password for orders. It lay in the same image as the token.',
  },
  'no-new-token': {
    de: 'Das Token in /srv/secrets/build-token gilt bei internal-api nicht: Dann baut auch kein Befugter mehr.',
    en: 'internal-api does not take the token in /srv/secrets/build-token: then nobody entitled builds any more either.',
  },
  'no-new-password': {
    de: 'internal-api liefert auch mit dem Passwort in /srv/internal-api/passwords/orders keine Bestellung.',
    en: 'internal-api delivers no order even with the password in /srv/internal-api/passwords/orders.',
  },
  'too-short': {
    de: 'Das neue Token oder Passwort ist kürzer als 16 Zeichen und lässt sich raten.',
    en: 'The new token or password is shorter than 16 characters and can be guessed.',
  },
  'api-broken': {
    de: 'internal-api antwortet auf Port 9000 nicht mehr.',
    en: 'internal-api does not answer on port 9000 any more.',
  },
  'api-lets-all-in': {
    de: 'internal-api weist ein ausgedachtes Token oder Passwort nicht mit 401 ab.',
    en: 'internal-api does not refuse a made-up token or password with 401.',
  },
  'old-image-here': {
    de: 'Auf dem Docker-Host liegt noch ein Image, das die alten Geheimnisse oder den Schlüssel enthält. `docker images --all` zeigt auch, was keinen Namen mehr hat.',
    en: 'An image with the old secrets or the key is still on the Docker host. `docker images --all` also shows what has no name any more.',
  },
  'old-tag-in-registry': {
    de: 'Die Registry liefert shop/worker:1.0 noch aus.',
    en: 'The registry still delivers shop/worker:1.0.',
  },
  'old-blobs-in-registry': {
    de: 'Der Tag ist weg, aber die Konfiguration mit den Geheimnissen liegt noch in der Registry. Sie gibt sie jedem, der den Digest kennt, bis `garbage-collect` läuft.',
    en: 'The tag is gone, but the configuration with the secrets still lies in the registry. It hands it to anybody who knows the digest, until `garbage-collect` runs.',
  },
  'registry-broken': {
    de: 'Die Registry liefert das Image der anderen Gruppe (shop/web:1.0) nicht mehr. Entferne nur, was undicht ist.',
    en: 'The registry does not deliver the other team’s image (shop/web:1.0) any more. Remove only what leaks.',
  },
} as const satisfies Record<string, Text>;
