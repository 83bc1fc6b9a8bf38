import type { SectionQuizzes } from '#site/quiz/quiz.ts';

export default {
  '2.1': [
    {
      id: 'loopback-2375',
      type: 'single',
      ask: {
        de: 'Der Daemon lauscht ohne TLS nur auf `127.0.0.1:2375`. Wer kommt heran?',
        en: 'The daemon listens without TLS on `127.0.0.1:2375` only. Who can get at it?',
      },
      options: [
        {
          id: 'nobody',
          isRight: false,
          text: { de: 'niemand außer root', en: 'nobody but root' },
          why: { de: 'Ein TCP-Port fragt nicht nach dem Benutzer.', en: 'A TCP port does not ask for the user.' },
        },
        {
          id: 'host',
          isRight: true,
          text: { de: 'jeder Prozess auf dem Host und jeder Container mit `--network=host`', en: 'every process on the host and every container with `--network=host`' },
          why: { de: 'Auch ein Dienst, der als `www-data` läuft. Jeder von ihnen ist damit root.', en: 'Also a service that runs as `www-data`. Each of them is root by that.' },
        },
        {
          id: 'any-container',
          isRight: false,
          text: { de: 'jeder Container über das Gateway', en: 'every container through the gateway' },
          why: { de: 'Das Gateway ist eine andere Adresse des Hosts; dort lauscht er nicht.', en: 'The gateway is another address of the host; it does not listen there.' },
        },
      ],
    },
    {
      id: 'where-keys-belong',
      type: 'match',
      ask: { de: 'Welcher Schlüssel gehört wohin?', en: 'Which key belongs where?' },
      pairs: [
        {
          id: 'ca',
          left: { de: 'Schlüssel der CA', en: 'key of the CA' },
          right: { de: 'weder auf den Host noch in die CI', en: 'neither on the host nor in CI' },
          why: { de: 'Damit lassen sich neue Clients ausstellen.', en: 'New clients can be issued with it.' },
        },
        {
          id: 'server',
          left: { de: 'Schlüssel des Servers', en: 'key of the server' },
          right: { de: 'auf den Docker-Host', en: 'on the Docker host' },
          why: { de: '0400, root.', en: '0400, root.' },
        },
        {
          id: 'client',
          left: { de: 'Schlüssel des Clients', en: 'key of the client' },
          right: { de: 'in die CI', en: 'in CI' },
          why: { de: 'Er ist so viel wert wie das Root-Passwort.', en: 'It is worth as much as the root password.' },
        },
      ],
    },
  ],
  '2.2': [
    {
      id: 'moved-tag',
      type: 'single',
      ask: {
        de: '`cosign verify … web:1.5 && docker run web:1.5`. Was fehlt?',
        en: '`cosign verify … web:1.5 && docker run web:1.5`. What is missing?',
      },
      options: [
        {
          id: 'nothing',
          isRight: false,
          text: { de: 'nichts, die Signatur wurde geprüft', en: 'nothing, the signature was verified' },
          why: { de: 'Geprüft wurde, worauf das Tag in diesem Augenblick zeigte.', en: 'What was verified is what the tag pointed to at that moment.' },
        },
        {
          id: 'digest',
          isRight: true,
          text: { de: 'Gestartet werden muss der geprüfte Digest.', en: 'The verified digest has to be started.' },
          why: { de: 'Sonst kann das Tag zwischen beiden Befehlen umgehängt werden.', en: 'Otherwise the tag can be moved between the two commands.' },
        },
        {
          id: 'tls',
          isRight: false,
          text: { de: 'eine TLS-Verbindung zur Registry', en: 'a TLS connection to the registry' },
          why: { de: 'Gut, aber wer in die Registry schreiben darf, hängt das Tag trotzdem um.', en: 'Good, but whoever may write to the registry moves the tag all the same.' },
        },
      ],
    },
  ],
  '2.3': [
    {
      id: 'scanner-misses',
      type: 'multiple',
      ask: { de: 'Was findet ein Scanner im Image normalerweise nicht?', en: 'What does a scanner usually not find in an image?' },
      options: [
        {
          id: 'copied',
          isRight: true,
          text: { de: 'ein Programm, das mit `curl | sh` installiert wurde', en: 'a program installed with `curl | sh`' },
          why: { de: 'Es steht in keiner Paketliste.', en: 'It is in no package list.' },
        },
        {
          id: 'package',
          isRight: false,
          text: { de: 'ein veraltetes Debian-Paket', en: 'an outdated Debian package' },
          why: { de: 'Genau dafür ist er da.', en: 'That is exactly what it is for.' },
        },
        {
          id: 'own-code',
          isRight: true,
          text: { de: 'eine Command Injection in deinem Code', en: 'a command injection in your code' },
          why: { de: 'Sie hat keine CVE-Nummer.', en: 'It has no CVE number.' },
        },
      ],
    },
  ],
  '2.4': [
    {
      id: 'where-it-shows',
      type: 'multiple',
      ask: {
        de: 'Ein Token kam mit `--build-arg` herein und wurde im selben `RUN` nur benutzt. Wo steht es danach?',
        en: 'A token came in with `--build-arg` and was only used in the same `RUN`. Where is it afterwards?',
      },
      options: [
        {
          id: 'history',
          isRight: true,
          text: { de: 'in `docker history --no-trunc`', en: 'in `docker history --no-trunc`' },
          why: { de: 'Als `RUN |1 TOKEN=…`, im Klartext.', en: 'As `RUN |1 TOKEN=…`, in plain text.' },
        },
        {
          id: 'save',
          isRight: true,
          text: { de: 'in der Konfiguration, die `docker save` mitliefert', en: 'in the configuration that `docker save` delivers' },
          why: { de: 'Die Historie ist ein Teil davon.', en: 'The history is part of it.' },
        },
        {
          id: 'files',
          isRight: false,
          text: { de: 'in einer Datei des Containers', en: 'in a file of the container' },
          why: { de: 'Nur wenn der Schritt es selbst in eine schreibt.', en: 'Only if the step itself writes it into one.' },
        },
      ],
    },
  ],
  '2.5': [
    {
      id: 'which-chain',
      type: 'single',
      ask: {
        de: 'Ein Paket von außen an einen veröffentlichten Port: In welcher Reihenfolge kommt es vorbei?',
        en: 'A packet from outside to a published port: in which order does it pass?',
      },
      options: [
        {
          id: 'input',
          isRight: false,
          text: { de: '`INPUT`, dann `DOCKER`', en: '`INPUT`, then `DOCKER`' },
          why: { de: '`INPUT` sieht nur, was für den Host selbst ist.', en: '`INPUT` sees only what is for the host itself.' },
        },
        {
          id: 'forward',
          isRight: true,
          text: { de: '`PREROUTING` mit DNAT, dann `FORWARD` mit `DOCKER-USER`', en: '`PREROUTING` with DNAT, then `FORWARD` with `DOCKER-USER`' },
          why: { de: 'Erst umschreiben, dann entscheiden.', en: 'First rewrite, then decide.' },
        },
        {
          id: 'output',
          isRight: false,
          text: { de: '`FORWARD`, dann DNAT in `PREROUTING`', en: '`FORWARD`, then DNAT in `PREROUTING`' },
          why: { de: '`PREROUTING` kommt, wie der Name sagt, vorher.', en: '`PREROUTING` comes before, as the name says.' },
        },
      ],
    },
    {
      id: 'two-networks',
      type: 'single',
      ask: {
        de: '`api` ist in `app` und in `data` (`--internal`). Jemand übernimmt `api`. Was erreicht er?',
        en: '`api` is in `app` and in `data` (`--internal`). Somebody takes over `api`. What can they reach?',
      },
      options: [
        {
          id: 'only-app',
          isRight: false,
          text: { de: 'nur `app`', en: 'only `app`' },
          why: { de: 'Der Container hat eine Schnittstelle in jedem seiner Netze.', en: 'The container has an interface in each of its networks.' },
        },
        {
          id: 'both',
          isRight: true,
          text: { de: 'beide Netze, und über `app` den Weg hinaus', en: 'both networks, and through `app` the way out' },
          why: {
            de: '`--internal` gilt für das Netz, nicht für einen Container, der noch in einem anderen ist.',
            en: '`--internal` applies to the network, not to a container that is in another one as well.',
          },
        },
      ],
    },
  ],
  '2.6': [
    {
      id: 'binds-or-not',
      type: 'multiple',
      ask: { de: 'Welche Angabe begrenzt wirklich etwas?', en: 'Which setting really limits something?' },
      options: [
        {
          id: 'reservation',
          isRight: false,
          text: { de: '`--memory-reservation 64m`', en: '`--memory-reservation 64m`' },
          why: { de: 'Eine Bitte für den Fall, dass es eng wird.', en: 'A request for when things get tight.' },
        },
        {
          id: 'pids-zero',
          isRight: false,
          text: { de: '`--pids-limit 0`', en: '`--pids-limit 0`' },
          why: { de: '0 heißt unbegrenzt.', en: '0 means unlimited.' },
        },
        {
          id: 'both',
          isRight: true,
          text: { de: '`--memory 128m --memory-swap 128m`', en: '`--memory 128m --memory-swap 128m`' },
          why: { de: 'Speicher und Swap zusammen, kein Swap obendrauf.', en: 'Memory and swap together, no swap on top.' },
        },
        {
          id: 'tmpfs',
          isRight: true,
          text: { de: '`--read-only --tmpfs /tmp:size=32m`', en: '`--read-only --tmpfs /tmp:size=32m`' },
          why: { de: 'Außer in Volumes schreibt er höchstens 32 MB.', en: 'Except in volumes it writes 32 MB at most.' },
        },
      ],
    },
  ],
} satisfies SectionQuizzes;
