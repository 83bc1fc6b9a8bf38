import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L2.3',
  title: { de: 'Geheimnisse im Layer', en: 'Leaky Layers' },
  summary: {
    de: '„Wir haben das Token doch gelöscht!“ Stimmt, im letzten Layer. Im Image liegt trotzdem alles, was der Build je gesehen hat, und ziehen darf es jeder.',
    en: '“But we deleted the token!” True, in the last layer. The image still holds all that the build has ever seen, and anybody may pull it.',
  },
  minutes: 45,
  difficulty: 2,
  needs: [],
  checkLimitSeconds: 45,
  attack: {
    title: { de: 'Hol das Build-Token aus dem Image', en: 'Get the build token out of the image' },
    points: 30,
    hints: [
      {
        de: 'Ein Image ist ein Manifest, eine Konfiguration und ein Stapel Archive. Die Registry gibt sie dir einzeln: `/v2/shop/worker/manifests/1.0` nennt die Digests, `/v2/shop/worker/blobs/<digest>` den Inhalt.',
        en: 'An image is a manifest, a configuration and a stack of archives. The registry hands them out one by one: `/v2/shop/worker/manifests/1.0` names the digests, `/v2/shop/worker/blobs/<digest>` gives the content.',
      },
      {
        de: 'In der Konfiguration steht die Historie, und darin jeder Schritt mit seinen Build-Argumenten: `jq .history`.',
        en: 'The configuration holds the history, and in it each step with its build arguments: `jq .history`.',
      },
      {
        de: 'Das Token beginnt mit `bld_`. `curl -H "Private-Token: bld_…" http://dockerhost:9000/cgi-bin/flag`',
        en: 'The token begins with `bld_`. `curl -H "Private-Token: bld_…" http://dockerhost:9000/cgi-bin/flag`',
      },
    ],
  },
  tasks: {
    'clean-image': {
      title: { de: 'Im Image des laufenden Workers liegt kein Geheimnis, in keinem Layer', en: 'No secret lies in the running worker’s image, in no layer' },
      points: 30,
      hints: [
        {
          de: '`docker history --no-trunc shop/worker:1.0` zeigt die Konfiguration, `docker save shop/worker:1.0 | tar -x -C /tmp/image` die Layer. Ein `RUN rm` fügt nur einen Layer hinzu, in dem steht, dass die Datei weg ist.',
          en: '`docker history --no-trunc shop/worker:1.0` shows the configuration, `docker save shop/worker:1.0 | tar -x -C /tmp/image` the layers. A `RUN rm` only adds a layer which says that the file is gone.',
        },
        {
          de: 'Was nicht kopiert wird, muss niemand löschen: eine `.dockerignore`, die mit `*` anfängt und nur das Nötige wieder zulässt. Und `ENV` mit einem Passwort steht für immer in der Konfiguration.',
          en: 'What is not copied need not be deleted: a `.dockerignore` that begins with `*` and lets in only what is needed. And `ENV` with a password stays in the configuration for ever.',
        },
        {
          de: 'Ein neues Dockerfile braucht vier Schritte: `ARG VERSION`, `COPY cgi-bin/ /usr/lib/app/cgi-bin/`, `COPY fetch-artifact /usr/local/bin/`, `RUN --mount=type=secret,id=build-token fetch-artifact "$VERSION"`. Baue `2.0` und starte den Worker damit.',
          en: 'A new Dockerfile needs four steps: `ARG VERSION`, `COPY cgi-bin/ /usr/lib/app/cgi-bin/`, `COPY fetch-artifact /usr/local/bin/`, `RUN --mount=type=secret,id=build-token fetch-artifact "$VERSION"`. Build `2.0` and start the worker from it.',
        },
      ],
    },
    'build-authenticates': {
      title: {
        de: 'build.sh holt das Artefakt mit dem Token der CI und hinterlässt davon nichts',
        en: 'build.sh fetches the artifact with CI’s token and leaves nothing of it',
      },
      points: 30,
      onRequest: true,
      hints: [
        {
          de: 'Die Prüfung ruft `build.sh VERSION` auf und nennt in `BUILD_TOKEN_FILE` eine Datei mit einem Token, das nur für diesen Build gilt. Im fertigen Image muss das Artefakt dieser Version liegen, das Token nicht.',
          en: 'The check calls `build.sh VERSION` and names in `BUILD_TOKEN_FILE` a file with a token that is good for this one build. The artifact of this version must be in the image, the token must not.',
        },
        {
          de: '`docker build --secret id=build-token,src=DATEI` reicht die Datei an genau die `RUN`-Schritte weiter, die sie mit `--mount=type=secret,id=build-token` einhängen. Sie liegt dort unter /run/secrets/build-token, und fetch-artifact sucht sie da.',
          en: '`docker build --secret id=build-token,src=FILE` passes the file on to exactly those `RUN` steps that mount it with `--mount=type=secret,id=build-token`. There it lies at /run/secrets/build-token, which is where fetch-artifact looks.',
        },
        {
          de: 'In build.sh statt `--build-arg "TOKEN=…"`: `--secret "id=build-token,src=${BUILD_TOKEN_FILE:-/srv/secrets/build-token}"`. `ARG VERSION` bleibt: Der Inhalt eines Geheimnisses gehört nicht zum Schlüssel des Build-Caches, die Version schon.',
          en: 'In build.sh instead of `--build-arg "TOKEN=…"`: `--secret "id=build-token,src=${BUILD_TOKEN_FILE:-/srv/secrets/build-token}"`. `ARG VERSION` stays: the content of a secret is not part of the build cache’s key, the version is.',
        },
      ],
    },
    'runtime-secret': {
      title: {
        de: 'Der Worker liest sein Passwort aus einer Datei, nicht aus der Umgebung',
        en: 'The worker reads its password from a file, not from the environment',
      },
      points: 20,
      hints: [
        {
          de: '`docker inspect worker` und `/proc/<pid>/environ` zeigen jede Umgebungsvariable, und jeder Kindprozess erbt sie. Ohne `ORDERS_PASSWORD` liest der Worker `/run/secrets/orders-password`.',
          en: '`docker inspect worker` and `/proc/<pid>/environ` show every environment variable, and every child process inherits them. Without `ORDERS_PASSWORD` the worker reads `/run/secrets/orders-password`.',
        },
        {
          de: 'Compose kann das ohne Swarm: oben `secrets: { orders-password: { file: /srv/secrets/orders-password } }`, beim Dienst `secrets: [orders-password]`. Die Datei behält ihre Rechte vom Docker-Host.',
          en: 'Compose can do it without Swarm: `secrets: { orders-password: { file: /srv/secrets/orders-password } }` at the top, `secrets: [orders-password]` at the service. The file keeps its mode from the Docker host.',
        },
        {
          de: 'Ohne Compose: `docker run … -v /srv/secrets/orders-password:/run/secrets/orders-password:ro`, Rechte 0400 oder 0600.',
          en: 'Without Compose: `docker run … -v /srv/secrets/orders-password:/run/secrets/orders-password:ro`, mode 0400 or 0600.',
        },
      ],
    },
    'secrets-rotated': {
      title: { de: 'Das alte Token und das alte Passwort gelten nicht mehr', en: 'The old token and the old password are no longer good' },
      points: 20,
      hints: [
        {
          de: 'Wer das Image schon gezogen hat, behält es. Das Einzige, was gegen ihn hilft, ist ein neues Geheimnis.',
          en: 'Whoever has pulled the image already keeps it. The only thing that helps against them is a new secret.',
        },
        {
          de: '`/srv/internal-api/rotate build-token` und `/srv/internal-api/rotate orders-password` machen neue und legen sie nach /srv/secrets.',
          en: '`/srv/internal-api/rotate build-token` and `/srv/internal-api/rotate orders-password` make new ones and put them into /srv/secrets.',
        },
      ],
    },
    'leak-removed': {
      title: { de: 'Weder Docker-Host noch Registry geben das alte Image noch her', en: 'Neither Docker host nor registry gives the old image away any more' },
      points: 10,
      hints: [
        {
          de: 'Auf dem Docker-Host hat es zwei Namen. In der Registry verschwindet mit dem Tag nur der Name: Die Blobs gibt sie weiter jedem, der den Digest kennt.',
          en: 'On the Docker host it has two names. In the registry only the name goes with the tag: it still hands the blobs to anybody who knows the digest.',
        },
        {
          de: '`docker rmi` für beide Namen. In der Registry `DELETE /v2/shop/worker/manifests/<digest>`, dann `docker-registry garbage-collect /etc/docker/registry/config.yml`.',
          en: '`docker rmi` for both names. In the registry `DELETE /v2/shop/worker/manifests/<digest>`, then `docker-registry garbage-collect /etc/docker/registry/config.yml`.',
        },
        {
          de: 'Den Digest nennt der Kopf `Docker-Content-Digest`: `curl -sI -H "Accept: application/vnd.docker.distribution.manifest.v2+json" http://registry.lab:5000/v2/shop/worker/manifests/1.0`',
          en: 'The header `Docker-Content-Digest` names the digest: `curl -sI -H "Accept: application/vnd.docker.distribution.manifest.v2+json" http://registry.lab:5000/v2/shop/worker/manifests/1.0`',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
