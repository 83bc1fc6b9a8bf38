import type { Quiz } from '#site/quiz/quiz.ts';

export default {
  questions: [
    {
      id: 'docker-group',
      type: 'single',
      ask: { de: 'Die Benutzerin `dev` ist in der Gruppe `docker`. Auf dem Host ist sie damit …', en: 'User `dev` is in the group `docker`. On the host that makes her …' },
      options: [
        {
          id: 'containers',
          isRight: false,
          text: { de: 'auf ihre Container beschränkt', en: 'limited to her containers' },
          why: { de: 'Sie darf sie starten, wie sie will, auch mit `-v /:/host`.', en: 'She may start them as she likes, with `-v /:/host` too.' },
        },
        {
          id: 'root',
          isRight: true,
          text: { de: 'praktisch root', en: 'root in all but name' },
          why: { de: 'Wer die API benutzen darf, hat den Host.', en: 'Whoever may use the API has the host.' },
        },
        {
          id: 'inside',
          isRight: false,
          text: { de: 'root, aber nur in Containern', en: 'root, but only inside containers' },
          why: { de: 'Ein eingebundenes Verzeichnis hebt diese Grenze auf.', en: 'A mounted directory lifts that limit.' },
        },
      ],
    },
    {
      id: 'read-only-socket',
      type: 'single',
      ask: {
        de: 'Was erlaubt `-v /var/run/docker.sock:/var/run/docker.sock:ro` im Container?',
        en: 'What does `-v /var/run/docker.sock:/var/run/docker.sock:ro` allow inside the container?',
      },
      options: [
        {
          id: 'read',
          isRight: false,
          text: { de: 'nur lesende Aufrufe der API', en: 'only reading calls of the API' },
          why: { de: 'Das Dateisystem weiß nichts von der API.', en: 'The file system knows nothing of the API.' },
        },
        {
          id: 'full',
          isRight: true,
          text: { de: 'die ganze API', en: 'the whole API' },
          why: {
            de: '`ro` schützt den Eintrag im Verzeichnis, nicht die Verbindung, die man über den Socket öffnet.',
            en: '`ro` protects the entry in the directory, not the connection opened through the socket.',
          },
        },
        {
          id: 'nothing',
          isRight: false,
          text: { de: 'nichts, der Socket ist gesperrt', en: 'nothing, the socket is locked' },
          why: { de: 'Verbinden geht weiterhin.', en: 'Connecting still works.' },
        },
      ],
    },
    {
      id: 'published-port',
      type: 'multiple',
      ask: {
        de: 'Ein Container veröffentlicht `-p 6379:6379`. Was hält Zugriffe von anderen Rechnern auf?',
        en: 'A container publishes `-p 6379:6379`. What stops access from other machines?',
      },
      options: [
        {
          id: 'input',
          isRight: false,
          text: { de: 'eine DROP-Regel in der Kette `INPUT`', en: 'a DROP rule in the chain `INPUT`' },
          why: { de: 'Das Paket wird vorher umgeschrieben und geht durch `FORWARD`.', en: 'The packet is rewritten before and passes through `FORWARD`.' },
        },
        {
          id: 'docker-user',
          isRight: true,
          text: { de: 'eine DROP-Regel in der Kette `DOCKER-USER`', en: 'a DROP rule in the chain `DOCKER-USER`' },
          why: { de: 'Sie steht vor Dockers eigenen Regeln.', en: 'It comes before Docker’s own rules.' },
        },
        {
          id: 'loopback',
          isRight: true,
          text: { de: '`-p 127.0.0.1:6379:6379` statt `-p 6379:6379`', en: '`-p 127.0.0.1:6379:6379` instead of `-p 6379:6379`' },
          why: {
            de: 'Auf aktuellen Engines gilt das auch gegenüber Nachbarn im selben Netz; vor 28.0.0 konnten sie es umgehen.',
            en: 'On current engines this also holds against neighbours on the same network; before 28.0.0 they could get around it.',
          },
        },
        {
          id: 'ufw',
          isRight: false,
          text: { de: '`ufw deny 6379`', en: '`ufw deny 6379`' },
          why: { de: 'ufw schreibt in `INPUT`, und dort kommt das Paket nicht vorbei.', en: 'ufw writes into `INPUT`, and the packet never passes there.' },
        },
      ],
    },
    {
      id: 'tls-without-verify',
      type: 'single',
      ask: { de: 'In `daemon.json` steht `"tls": true, "tlsverify": false`. Was hast du?', en: '`daemon.json` says `"tls": true, "tlsverify": false`. What do you have?' },
      options: [
        {
          id: 'mutual',
          isRight: false,
          text: { de: 'gegenseitige Authentisierung', en: 'mutual authentication' },
          why: { de: 'Dafür muss der Daemon das Zertifikat des Clients verlangen.', en: 'For that the daemon must demand the client’s certificate.' },
        },
        {
          id: 'encrypted',
          isRight: true,
          text: { de: 'Verschlüsselung, aber jeder darf herein', en: 'encryption, but anybody may come in' },
          why: { de: 'Niemand liest mit, und jeder ist root.', en: 'Nobody listens in, and everybody is root.' },
        },
        {
          id: 'nothing',
          isRight: false,
          text: { de: 'weder das eine noch das andere', en: 'neither the one nor the other' },
          why: { de: 'Verschlüsselt wird.', en: 'It is encrypted.' },
        },
      ],
    },
    {
      id: 'limits',
      type: 'match',
      ask: { de: 'Welche Grenze gehört zu welchem Angriff?', en: 'Which limit belongs to which attack?' },
      pairs: [
        {
          id: 'memory',
          left: { de: '`--memory` und `--memory-swap`', en: '`--memory` and `--memory-swap`' },
          right: { de: 'Speicherleck', en: 'memory leak' },
          why: {
            de: 'Ohne `--memory-swap` kommt noch einmal so viel Swap dazu.',
            en: 'Without `--memory-swap` the same amount of swap comes on top.',
          },
        },
        {
          id: 'cpus',
          left: { de: '`--cpus`', en: '`--cpus`' },
          right: { de: 'Kryptominer', en: 'crypto miner' },
          why: { de: 'Eine Quote gilt auch, wenn der Rest der Maschine frei ist.', en: 'A quota holds even when the rest of the machine is idle.' },
        },
        {
          id: 'pids',
          left: { de: '`--pids-limit`', en: '`--pids-limit`' },
          right: { de: 'Fork-Bombe', en: 'fork bomb' },
          why: { de: 'Sie füllt sonst die Prozesstabelle des ganzen Hosts.', en: 'Otherwise it fills the process table of the whole host.' },
        },
        {
          id: 'disk',
          left: { de: '`--read-only` und tmpfs mit `size`', en: '`--read-only` and a tmpfs with `size`' },
          right: { de: 'volle Platte durch Dateien', en: 'disk filled with files' },
          why: { de: 'Geschrieben wird nur noch dort, wo es eine Grenze gibt.', en: 'Writing is possible only where there is a limit.' },
        },
        {
          id: 'logs',
          left: { de: '`--log-opt max-size`', en: '`--log-opt max-size`' },
          right: { de: 'volle Platte durch Protokolle', en: 'disk filled with logs' },
          why: { de: '`json-file` wächst sonst ohne Ende.', en: '`json-file` otherwise grows without end.' },
        },
      ],
    },
    {
      id: 'secret-in-layer',
      type: 'single',
      ask: {
        de: 'Ein Token kam mit Layer 3 ins Image und wurde in Layer 5 gelöscht. Das Image ist veröffentlicht. Was tust du zuerst?',
        en: 'A token came into the image with layer 3 and was deleted in layer 5. The image is published. What do you do first?',
      },
      options: [
        {
          id: 'rebuild',
          isRight: false,
          text: { de: 'neu bauen, ohne das Token', en: 'rebuild without the token' },
          why: { de: 'Richtig, aber als zweites: Die Kopien da draußen bleiben.', en: 'Right, but second: the copies out there remain.' },
        },
        {
          id: 'delete',
          isRight: false,
          text: { de: 'das Image aus der Registry löschen', en: 'delete the image from the registry' },
          why: { de: 'Wer es geholt hat, hat es.', en: 'Whoever has pulled it, has it.' },
        },
        {
          id: 'revoke',
          isRight: true,
          text: { de: 'das Token widerrufen und ersetzen', en: 'revoke and replace the token' },
          why: { de: 'Erst wenn es wertlos ist, eilt der Rest nicht mehr.', en: 'Only when it is worthless does the rest stop being urgent.' },
        },
      ],
    },
    {
      id: 'digest',
      type: 'single',
      ask: { de: 'Du ziehst `app@sha256:…`. Was weißt du damit sicher?', en: 'You pull `app@sha256:…`. What do you know for certain?' },
      options: [
        {
          id: 'author',
          isRight: false,
          text: { de: 'wer das Image gebaut hat', en: 'who built the image' },
          why: { de: 'Dazu braucht es eine Signatur.', en: 'That takes a signature.' },
        },
        {
          id: 'content',
          isRight: true,
          text: { de: 'dass du genau diesen Inhalt bekommst', en: 'that you get exactly this content' },
          why: { de: 'Der Digest ist der Hash des Manifests, und das nennt die Hashes der Layer.', en: 'The digest is the hash of the manifest, which names the hashes of the layers.' },
        },
        {
          id: 'safe',
          isRight: false,
          text: { de: 'dass es keine bekannten Lücken hat', en: 'that it has no known vulnerabilities' },
          why: { de: 'Auch ein altes, löchriges Image hat einen Digest.', en: 'An old image full of holes has a digest, too.' },
        },
      ],
    },
  ],
} satisfies Quiz;
