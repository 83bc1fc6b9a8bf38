import type { SectionQuizzes } from '#site/quiz/quiz.ts';

export default {
  '4.4': [
    {
      id: 'order-of-upgrade',
      type: 'order',
      ask: { de: 'Die Engine bekommt einen Patch, der Laden soll offen bleiben:', en: 'The engine gets a patch, and the shop is to stay open:' },
      steps: [
        { id: 'write', text: { de: '`live-restore` in `daemon.json` eintragen', en: 'Enter `live-restore` in `daemon.json`' } },
        { id: 'reload', text: { de: 'den Daemon neu laden (SIGHUP)', en: 'Reload the daemon (SIGHUP)' } },
        { id: 'upgrade', text: { de: 'das Paket aktualisieren, der Daemon startet neu', en: 'Upgrade the package; the daemon restarts' } },
        { id: 'verify', text: { de: 'Version, PID und Startzeit der Container prüfen', en: 'Check the version, and the containers’ PID and start time' } },
      ],
      why: {
        de: 'Ohne das Neuladen hält der erste Neustart des Daemons alle Container an, denn bis dahin gilt die alte Einstellung.',
        en: 'Without the reload, the first restart of the daemon stops all containers, because the old setting holds until then.',
      },
    },
    {
      id: 'debian-number',
      type: 'single',
      ask: {
        de: 'Eine Lücke ist laut Projekt in 1.2.8 behoben, deine Distribution liefert 1.1.15. Woran erkennst du, ob du betroffen bist?',
        en: 'According to the project a hole is fixed in 1.2.8; your distribution ships 1.1.15. How can you tell whether you are affected?',
      },
      options: [
        {
          id: 'number',
          isRight: false,
          text: { de: 'an der Nummer, 1.1 ist kleiner als 1.2', en: 'by the number, 1.1 is less than 1.2' },
          why: { de: 'Distributionen flicken alte Versionen, ohne die Nummer zu ändern.', en: 'Distributions mend old versions without changing the number.' },
        },
        {
          id: 'tracker',
          isRight: true,
          text: { de: 'am Sicherheits-Tracker der Distribution', en: 'by the distribution’s security tracker' },
          why: { de: 'Er führt je Ausgabe, ob und womit sie geflickt ist.', en: 'For each release it records whether it is mended, and with what.' },
        },
        {
          id: 'runs',
          isRight: false,
          text: { de: 'daran, dass alles läuft', en: 'by everything running' },
          why: { de: 'Eine Lücke stört den Betrieb nicht, bis sie jemand nutzt.', en: 'A hole does not disturb anything until somebody uses it.' },
        },
      ],
    },
  ],
  '4.5': [
    {
      id: 'what-blocks',
      type: 'multiple',
      ask: { de: 'Was sollte ein brauchbares Tor aufhalten?', en: 'What should a useful gate stop?' },
      options: [
        {
          id: 'fixable',
          isRight: true,
          text: { de: 'eine CRITICAL mit Korrektur', en: 'a CRITICAL with a fix' },
          why: { de: 'Wer baut, kann sie beheben.', en: 'Whoever builds can fix it.' },
        },
        {
          id: 'unfixed',
          isRight: false,
          text: { de: 'eine HIGH ohne Korrektur', en: 'a HIGH without a fix' },
          why: { de: 'Niemand kann etwas tun außer das Tor abzuschalten. Beobachten.', en: 'Nobody can do anything except switch the gate off. Watch it.' },
        },
        {
          id: 'env',
          isRight: true,
          text: { de: 'ein Token in `ENV`', en: 'a token in `ENV`' },
          why: { de: 'Wer das Image hat, hat das Token.', en: 'Whoever has the image has the token.' },
        },
        {
          id: 'root',
          isRight: true,
          text: { de: 'ein Image ohne `USER`', en: 'an image without `USER`' },
          why: { de: 'Leer heißt root.', en: 'Empty means root.' },
        },
      ],
    },
    {
      id: 'push-first',
      type: 'single',
      ask: {
        de: 'Eine Pipeline veröffentlicht erst, scannt dann und löscht das Tag bei Funden. Was ist daran falsch?',
        en: 'A pipeline publishes first, then scans, and deletes the tag if there are findings. What is wrong with that?',
      },
      options: [
        {
          id: 'slow',
          isRight: false,
          text: { de: 'Es ist langsamer.', en: 'It is slower.' },
          why: { de: 'Das wäre zu verschmerzen.', en: 'That would be bearable.' },
        },
        {
          id: 'window',
          isRight: true,
          text: { de: 'Dazwischen kann es jemand ziehen, und der Inhalt bleibt auch ohne Tag.', en: 'Somebody can pull it in between, and the contents stay even without the tag.' },
          why: { de: 'Per Digest ist das Image weiter zu haben.', en: 'By digest the image can still be had.' },
        },
        {
          id: 'nothing',
          isRight: false,
          text: { de: 'Nichts, am Ende ist es weg.', en: 'Nothing, in the end it is gone.' },
          why: { de: 'Das Tag ist weg, der Inhalt nicht.', en: 'The tag is gone, the contents are not.' },
        },
      ],
    },
  ],
  '4.6': [
    {
      id: 'first-of-three',
      type: 'single',
      ask: { de: 'Drei Funde, alle mit Korrektur. Welcher kommt zuerst?', en: 'Three findings, all with a fix. Which comes first?' },
      options: [
        {
          id: 'critical',
          isRight: false,
          text: { de: 'CRITICAL, in einem Paket, das nie geladen wird', en: 'CRITICAL, in a package that is never loaded' },
          why: { de: 'Schlimm wäre es. Wahrscheinlich ist es nicht.', en: 'It would be bad. It is not likely.' },
        },
        {
          id: 'kev',
          isRight: true,
          text: { de: 'MEDIUM, im KEV-Katalog, in deiner Weboberfläche', en: 'MEDIUM, in the KEV catalogue, in your web interface' },
          why: { de: 'Sie wird nachweislich ausgenutzt, und jeder kommt heran.', en: 'It is known to be exploited, and everybody can get at it.' },
        },
        {
          id: 'high',
          isRight: false,
          text: { de: 'HIGH, seit heute bekannt', en: 'HIGH, known since today' },
          why: { de: 'Diese Woche, gleich danach.', en: 'This week, right after it.' },
        },
      ],
    },
    {
      id: 'zero-findings',
      type: 'single',
      ask: {
        de: 'Ein Scan meldet für ein Image mit Node 18 null Funde. Was schließt du daraus?',
        en: 'A scan reports zero findings for an image with Node 18. What do you conclude?',
      },
      options: [
        {
          id: 'safe',
          isRight: false,
          text: { de: 'Es ist nicht betroffen.', en: 'It is not affected.' },
          why: { de: 'Für eine Laufzeit ohne Pflege trägt oft niemand mehr etwas ein.', en: 'For a runtime without support, often nobody enters anything any more.' },
        },
        {
          id: 'unknown',
          isRight: true,
          text: { de: 'Nichts, außer dass die Laufzeit ersetzt werden muss.', en: 'Nothing, except that the runtime has to be replaced.' },
          why: { de: 'Pflegetabellen (EOL) sind eine eigene Quelle.', en: 'Support tables (EOL) are a source of their own.' },
        },
      ],
    },
  ],
} satisfies SectionQuizzes;
