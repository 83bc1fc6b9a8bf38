import type { Quiz } from '#site/quiz/quiz.ts';

export default {
  questions: [
    {
      id: 'rebuild',
      type: 'multiple',
      ask: {
        de: 'Das Basis-Image hat einen Fix bekommen. Was muss geschehen, damit er in deinem laufenden Dienst ankommt?',
        en: 'The base image has got a fix. What has to happen for it to reach your running service?',
      },
      options: [
        {
          id: 'pull',
          isRight: true,
          text: { de: 'mit `docker build --pull` bauen', en: 'build with `docker build --pull`' },
          why: { de: 'Sonst nimmt der Build die alte Kopie, die schon da ist.', en: 'Otherwise the build takes the old copy that is there already.' },
        },
        {
          id: 'cache',
          isRight: true,
          text: { de: 'veraltete Schichten im Build-Cache meiden', en: 'avoid stale layers in the build cache' },
          why: { de: 'Eine Zeile `RUN apt-get upgrade` ist nach einem Jahr dieselbe Zeile und kommt aus dem Cache.', en: 'A line `RUN apt-get upgrade` is the same line a year later and comes out of the cache.' },
        },
        {
          id: 'recreate',
          isRight: true,
          text: { de: 'den Container neu anlegen', en: 'recreate the container' },
          why: { de: 'Ein Container behält das Image, mit dem er angelegt wurde.', en: 'A container keeps the image it was created from.' },
        },
        {
          id: 'restart',
          isRight: false,
          text: { de: '`docker restart`', en: '`docker restart`' },
          why: { de: 'Startet denselben Container mit demselben alten Image.', en: 'Starts the same container with the same old image.' },
        },
      ],
    },
    {
      id: 'tag-changes',
      type: 'single',
      ask: {
        de: '`docker pull app:1.4` liefert heute etwas anderes als gestern. Ist das normal?',
        en: '`docker pull app:1.4` gives something else today than yesterday. Is that normal?',
      },
      options: [
        {
          id: 'yes',
          isRight: true,
          text: { de: 'Ja. Ein Tag ist ein Zeiger und darf umgehängt werden.', en: 'Yes. A tag is a pointer and may be moved.' },
          why: { de: 'Fest ist nur der Digest.', en: 'Only the digest is fixed.' },
        },
        {
          id: 'attack',
          isRight: false,
          text: { de: 'Nein, das ist ein Angriff.', en: 'No, that is an attack.' },
          why: { de: 'Es kann einer sein. Ohne Signatur siehst du den Unterschied nicht.', en: 'It may be one. Without a signature you cannot tell.' },
        },
        {
          id: 'version',
          isRight: false,
          text: { de: 'Nein, eine Versionsnummer steht fest.', en: 'No, a version number is fixed.' },
          why: { de: 'Das ist eine Zusage des Herausgebers, keine Eigenschaft der Registry.', en: 'That is a promise of the publisher, not a property of the registry.' },
        },
      ],
    },
    {
      id: 'exit-code',
      type: 'single',
      ask: { de: 'Welche Option lässt Trivy eine Pipeline abbrechen?', en: 'Which option makes Trivy fail a pipeline?' },
      options: [
        {
          id: 'severity',
          isRight: false,
          text: { de: '`--severity CRITICAL`', en: '`--severity CRITICAL`' },
          why: { de: 'Filtert, was gemeldet wird. Der Rückgabewert bleibt 0.', en: 'Filters what is reported. The exit status stays 0.' },
        },
        {
          id: 'exit-code',
          isRight: true,
          text: { de: '`--exit-code 1`', en: '`--exit-code 1`' },
          why: { de: 'Ohne sie ist der Scan ein Bericht, kein Tor.', en: 'Without it the scan is a report, not a gate.' },
        },
        {
          id: 'unfixed',
          isRight: false,
          text: { de: '`--ignore-unfixed`', en: '`--ignore-unfixed`' },
          why: { de: 'Lässt Funde weg, für die es noch keinen Fix gibt.', en: 'Leaves out findings that have no fix yet.' },
        },
      ],
    },
    {
      id: 'gate',
      type: 'order',
      ask: { de: 'Der Weg eines Images durch die Pipeline:', en: 'The way of an image through the pipeline:' },
      steps: [
        { id: 'build', text: { de: 'bauen', en: 'build' } },
        { id: 'scan', text: { de: 'scannen, und bei Funden abbrechen', en: 'scan, and stop at findings' } },
        { id: 'sbom', text: { de: 'Stückliste (SBOM) erzeugen', en: 'make the bill of materials (SBOM)' } },
        { id: 'push', text: { de: 'in die Registry schieben', en: 'push to the registry' } },
        { id: 'sign', text: { de: 'den Digest signieren', en: 'sign the digest' } },
        { id: 'deploy', text: { de: 'nach Digest ausrollen', en: 'deploy by digest' } },
        { id: 'watch', text: { de: 'weiter beobachten', en: 'keep watching' } },
      ],
      alsoRight: [['build', 'sbom', 'scan', 'push', 'sign', 'deploy', 'watch']],
      why: {
        de: 'Signiert wird der Digest, den die Registry vergeben hat. Und nach dem Ausrollen ist nicht Schluss: Neue Lücken werden in alten Images gefunden.',
        en: 'What is signed is the digest the registry has given. And it does not end with the rollout: new holes are found in old images.',
      },
    },
    {
      id: 'distroless',
      type: 'single',
      ask: {
        de: 'Deine Anwendung hat eine Lücke, durch die fremder Code läuft. Was ändert ein distroless-Image daran?',
        en: 'Your application has a hole through which foreign code runs. What does a distroless image change about that?',
      },
      options: [
        {
          id: 'fully',
          isRight: false,
          text: { de: 'Die Lücke ist damit zu.', en: 'The hole is closed by it.' },
          why: { de: 'Der Code der Anwendung ist derselbe.', en: 'The application’s code is the same.' },
        },
        {
          id: 'limits',
          isRight: true,
          text: { de: 'Es erschwert, was danach kommt.', en: 'It makes harder what comes next.' },
          why: { de: 'Keine Shell, kein Paketmanager, kaum Werkzeug. Der eingeschleuste Code läuft trotzdem.', en: 'No shell, no package manager, hardly a tool. The injected code still runs.' },
        },
        {
          id: 'nothing',
          isRight: false,
          text: { de: 'Nichts.', en: 'Nothing.' },
          why: { de: 'Viele fertige Exploits setzen eine Shell voraus.', en: 'Many ready-made exploits count on a shell.' },
        },
      ],
    },
    {
      id: 'sources',
      type: 'match',
      ask: { de: 'Wo steht was?', en: 'Where do you find what?' },
      pairs: [
        {
          id: 'kev',
          left: { de: '„Wird bereits ausgenutzt“', en: '“Already exploited”' },
          right: { de: 'CISA KEV', en: 'CISA KEV' },
          why: { de: 'Ein Verzeichnis nachgewiesener Angriffe.', en: 'A catalogue of confirmed attacks.' },
        },
        {
          id: 'epss',
          left: { de: '„Wird wahrscheinlich ausgenutzt“', en: '“Likely to be exploited”' },
          right: { de: 'EPSS', en: 'EPSS' },
          why: { de: 'Eine Vorhersage für die nächsten 30 Tage.', en: 'A forecast for the next 30 days.' },
        },
        {
          id: 'eol',
          left: { de: '„Bekommt keine Fixes mehr“', en: '“Gets no more fixes”' },
          right: { de: 'Supportende laut Hersteller', en: 'the vendor’s end-of-life table' },
          why: { de: 'Danach meldet auch der Scanner oft nichts mehr, weil niemand mehr nachsieht.', en: 'After that the scanner often falls silent as well, because nobody looks any more.' },
        },
        {
          id: 'tracker',
          left: { de: '„Behoben in Version …“', en: '“Fixed in version …”' },
          right: { de: 'Security-Tracker der Distribution', en: 'the distribution’s security tracker' },
          why: { de: 'Distributionen portieren Fixes zurück; die Versionsnummer des Originals führt in die Irre.', en: 'Distributions backport fixes; the original’s version number misleads.' },
        },
      ],
    },
    {
      id: 'runc-upgrade',
      type: 'single',
      ask: {
        de: 'runc wurde auf dem Host aktualisiert, die Container laufen weiter. Benutzt `docker exec` schon das neue runc?',
        en: 'runc was upgraded on the host, the containers go on running. Does `docker exec` use the new runc already?',
      },
      options: [
        {
          id: 'yes',
          isRight: true,
          text: { de: 'Ja, runc wird für jeden Vorgang neu gestartet.', en: 'Yes, runc is started anew for each operation.' },
          why: { de: 'Für den Shim und den Daemon gilt das nicht: Die laufen weiter in alter Fassung.', en: 'Not so for the shim and the daemon: those run on in their old version.' },
        },
        {
          id: 'no',
          isRight: false,
          text: { de: 'Nein, erst nach einem Neustart des Containers.', en: 'No, only after the container was restarted.' },
          why: { de: 'runc ist längst beendet, wenn der Container läuft.', en: 'runc has long ended when the container runs.' },
        },
        {
          id: 'daemon',
          isRight: false,
          text: { de: 'Nein, erst nach einem Neustart des Daemons.', en: 'No, only after the daemon was restarted.' },
          why: { de: 'Der Daemon ruft runc über seinen Pfad auf.', en: 'The daemon calls runc by its path.' },
        },
      ],
    },
  ],
} satisfies Quiz;
