import type { SectionQuizzes } from '#site/quiz/quiz.ts';

export default {
  '4.1': [
    {
      id: 'apt-in-the-container',
      type: 'single',
      ask: {
        de: 'Jemand hat gestern `docker exec shop apt-get upgrade -y` ausgeführt. Heute wird der Container neu angelegt. Was läuft?',
        en: 'Yesterday somebody ran `docker exec shop apt-get upgrade -y`. Today the container is created anew. What is running?',
      },
      options: [
        {
          id: 'new',
          isRight: false,
          text: { de: 'die aktualisierten Pakete', en: 'the updated packages' },
          why: { de: 'Sie lagen in der Schreibschicht des alten Containers, und der ist weg.', en: 'They were in the writable layer of the old container, which is gone.' },
        },
        {
          id: 'old',
          isRight: true,
          text: { de: 'die Pakete aus dem Image', en: 'the packages of the image' },
          why: { de: 'Ein neuer Container beginnt immer beim Image.', en: 'A new container always begins with the image.' },
        },
        {
          id: 'mixed',
          isRight: false,
          text: { de: 'beides, je nach Paket', en: 'both, depending on the package' },
          why: { de: 'Vom alten Container bleibt nichts, außer Volumes.', en: 'Nothing of the old container stays, except volumes.' },
        },
      ],
    },
    {
      id: 'which-switch',
      type: 'match',
      ask: { de: 'Was tut was?', en: 'Which does what?' },
      pairs: [
        {
          id: 'pull',
          left: { de: '`--pull`', en: '`--pull`' },
          right: { de: 'sieht in der Registry nach einer neuen Basis', en: 'looks in the registry for a new base' },
          why: { de: 'Ohne die Option gilt die Kopie auf der Platte.', en: 'Without it, the copy on the disk counts.' },
        },
        {
          id: 'no-cache',
          left: { de: '`--no-cache`', en: '`--no-cache`' },
          right: { de: 'führt jede Zeile neu aus', en: 'runs every line again' },
          why: { de: 'Auch `apt-get update`, das sonst von damals stammt.', en: 'Including `apt-get update`, which otherwise dates from back then.' },
        },
        {
          id: 'recreate',
          left: { de: '`docker rm` und `docker run`', en: '`docker rm` and `docker run`' },
          right: { de: 'bringt das neue Image zum Laufen', en: 'gets the new image running' },
          why: { de: 'Ein Container behält das Image, mit dem er angelegt wurde.', en: 'A container keeps the image it was created from.' },
        },
      ],
    },
  ],
  '4.2': [
    {
      id: 'injected-command',
      type: 'single',
      ask: {
        de: 'Eine Anwendung ruft `exec("sort " + name)` auf. In welchem Image läuft `x; id` ins Leere?',
        en: 'An application calls `exec("sort " + name)`. In which image does `x; id` come to nothing?',
      },
      options: [
        {
          id: 'alpine',
          isRight: false,
          text: { de: 'in einem auf `alpine`', en: 'in one based on `alpine`' },
          why: { de: 'Klein, aber BusyBox bringt eine Shell mit.', en: 'Small, but BusyBox brings a shell along.' },
        },
        {
          id: 'distroless',
          isRight: true,
          text: { de: 'in einem auf `distroless`', en: 'in one based on `distroless`' },
          why: { de: 'Ohne `/bin/sh` scheitert der Aufruf. Dein eigenes `sort` allerdings auch: `execFile` gehört dazu.', en: 'Without `/bin/sh` the call fails. So does your own `sort`, though: `execFile` goes with it.' },
        },
        {
          id: 'slim',
          isRight: false,
          text: { de: 'in einem auf `debian:slim`', en: 'in one based on `debian:slim`' },
          why: { de: 'Auch dort liegt eine Shell.', en: 'There is a shell in that, too.' },
        },
      ],
    },
    {
      id: 'rm-later',
      type: 'single',
      ask: {
        de: 'Die letzte Zeile eines Dockerfiles ist `RUN rm /usr/bin/gcc`. Was hat sich am Image geändert?',
        en: 'The last line of a Dockerfile is `RUN rm /usr/bin/gcc`. What has changed about the image?',
      },
      options: [
        {
          id: 'smaller',
          isRight: false,
          text: { de: 'Es ist kleiner.', en: 'It is smaller.' },
          why: { de: 'Der Layer darunter enthält die Datei weiterhin.', en: 'The layer below still contains the file.' },
        },
        {
          id: 'hidden',
          isRight: true,
          text: { de: 'Im Container fehlt die Datei, im Image liegt sie noch.', en: 'The file is missing from the container and still in the image.' },
          why: { de: 'Weglassen geht nur mit einer neuen Stufe.', en: 'Leaving it out takes a new stage.' },
        },
      ],
    },
  ],
  '4.3': [
    {
      id: 'tag-and-digest',
      type: 'single',
      ask: {
        de: 'In der Compose-Datei steht `web:1.0.1@sha256:…`. Jemand veröffentlicht unter `1.0.1` etwas anderes. Was wird gezogen?',
        en: 'The Compose file says `web:1.0.1@sha256:…`. Somebody publishes something else under `1.0.1`. What is pulled?',
      },
      options: [
        {
          id: 'old',
          isRight: true,
          text: { de: 'weiterhin das mit diesem Digest', en: 'still the one with this digest' },
          why: { de: 'Steht beides da, zählt der Digest.', en: 'Given both, the digest counts.' },
        },
        {
          id: 'new',
          isRight: false,
          text: { de: 'das Neue', en: 'the new one' },
          why: { de: 'Das wäre so, wenn nur der Tag dastünde.', en: 'That would be so if only the tag were there.' },
        },
        {
          id: 'error',
          isRight: false,
          text: { de: 'nichts, es gibt einen Fehler', en: 'nothing, there is an error' },
          why: { de: 'Ein Fehler kommt erst, wenn die Registry den alten Inhalt löscht.', en: 'An error comes only when the registry deletes the old contents.' },
        },
      ],
    },
    {
      id: 'latest',
      type: 'single',
      ask: { de: 'Du veröffentlichst `web:1.5`. Was ist danach `web:latest`?', en: 'You publish `web:1.5`. What is `web:latest` afterwards?' },
      options: [
        {
          id: 'newest',
          isRight: false,
          text: { de: 'dasselbe wie `1.5`', en: 'the same as `1.5`' },
          why: { de: 'Nur, wenn du auch `latest` veröffentlichst.', en: 'Only if you publish `latest` as well.' },
        },
        {
          id: 'unchanged',
          isRight: true,
          text: { de: 'dasselbe wie vorher', en: 'the same as before' },
          why: { de: '`latest` ist nur der Name für „ohne Namen“.', en: '`latest` is just the name for “no name”.' },
        },
      ],
    },
  ],
} satisfies SectionQuizzes;
