import type { SectionQuizzes } from '#site/quiz/quiz.ts';

export default {
  '3.1': [
    {
      id: 'which-gate',
      type: 'match',
      ask: { de: 'An welchem Tor bleibt der Versuch hängen?', en: 'At which gate does the attempt get stuck?' },
      pairs: [
        {
          id: 'unshare',
          left: { de: 'uid 1000 legt einen User-Namespace an', en: 'uid 1000 creates a user namespace' },
          right: { de: 'seccomp', en: 'seccomp' },
          why: { de: 'Ein Sonderrecht braucht das nicht; nur der Filter verbietet den Aufruf.', en: 'That needs no special right; only the filter forbids the call.' },
        },
        {
          id: 'raw',
          left: { de: 'root ohne Capabilities baut eigene Pakete', en: 'root without capabilities builds packets of its own' },
          right: { de: 'Capabilities', en: 'capabilities' },
          why: { de: 'Der Kernel fragt nach `NET_RAW`, nicht nach uid 0.', en: 'The kernel asks for `NET_RAW`, not for uid 0.' },
        },
        {
          id: 'file',
          left: { de: 'uid 1000 liest eine Datei mit Modus 600 von root', en: 'uid 1000 reads a mode 600 file of root’s' },
          right: { de: 'Dateirechte', en: 'file permissions' },
          why: { de: '`open` ist erlaubt, diese Datei nicht.', en: '`open` is allowed, this file is not.' },
        },
        {
          id: 'socket',
          left: { de: 'root spricht mit einem eingebundenen `docker.sock`', en: 'root talks to a mounted `docker.sock`' },
          right: { de: 'SELinux', en: 'SELinux' },
          why: { de: 'Nur eine Richtlinie urteilt auch über root, der alles Übrige darf.', en: 'Only a policy judges root as well, who may do all the rest.' },
        },
      ],
    },
  ],
  '3.2': [
    {
      id: 'owner-of-bind-mount',
      type: 'single',
      ask: {
        de: 'Nach dem Umstellen auf `USER 10001` kann der Dienst nicht mehr in `-v /srv/uploads:/app/uploads` schreiben. Was ist richtig?',
        en: 'After the change to `USER 10001`, the service can no longer write to `-v /srv/uploads:/app/uploads`. What is right?',
      },
      options: [
        {
          id: 'dockerfile',
          isRight: false,
          text: { de: '`RUN chown 10001 /app/uploads` ins Dockerfile', en: '`RUN chown 10001 /app/uploads` in the Dockerfile' },
          why: { de: 'Das Verzeichnis des Images liegt unter dem Mount verdeckt.', en: 'The image’s directory lies hidden beneath the mount.' },
        },
        {
          id: 'host',
          isRight: true,
          text: { de: '`chown 10001 /srv/uploads` auf dem Host', en: '`chown 10001 /srv/uploads` on the host' },
          why: { de: 'Der Kernel vergleicht Zahlen, und gezählt wird auf dem Host.', en: 'The kernel compares numbers, and what counts is the host.' },
        },
        {
          id: 'chmod',
          isRight: false,
          text: { de: '`chmod 777 /srv/uploads`', en: '`chmod 777 /srv/uploads`' },
          why: { de: 'Dann darf auch jeder andere Benutzer des Hosts hineinschreiben.', en: 'Then every other user of the host may write there, too.' },
        },
      ],
    },
    {
      id: 'code-owner',
      type: 'single',
      ask: { de: 'Wem gehören die Dateien unter `/app` am besten?', en: 'Who had best own the files below `/app`?' },
      options: [
        {
          id: 'app',
          isRight: false,
          text: { de: 'dem Benutzer der Anwendung', en: 'the application’s user' },
          why: { de: 'Dann kann, wer sie übernimmt, ihren Code überschreiben.', en: 'Then whoever takes it over can overwrite its code.' },
        },
        {
          id: 'root',
          isRight: true,
          text: { de: 'root, lesbar für die Anwendung', en: 'root, readable for the application' },
          why: { de: 'Lesen genügt zum Ausführen.', en: 'Reading is enough to run it.' },
        },
      ],
    },
  ],
  '3.3': [
    {
      id: 'setuid-setgid-left',
      type: 'single',
      ask: {
        de: 'Ein Container hat nur noch `SETUID` und `SETGID`, seine CGI-Programme laufen als root. Liest eines davon ein Verzeichnis mit Modus 700, das uid 2002 gehört?',
        en: 'A container has only `SETUID` and `SETGID` left, and its CGI programs run as root. Can one of them read a directory with mode 700 that uid 2002 owns?',
      },
      options: [
        {
          id: 'no',
          isRight: false,
          text: { de: 'Nein, `DAC_OVERRIDE` fehlt.', en: 'No, `DAC_OVERRIDE` is missing.' },
          why: { de: 'Direkt nicht. Aber der Prozess kann uid 2002 werden.', en: 'Not directly. But the process can become uid 2002.' },
        },
        {
          id: 'yes',
          isRight: true,
          text: { de: 'Ja, es wird einfach uid 2002.', en: 'Yes, it simply becomes uid 2002.' },
          why: { de: '`SETUID` erlaubt jeden Benutzer, also auch den Besitzer.', en: '`SETUID` allows any user, the owner included.' },
        },
      ],
    },
    {
      id: 'which-line',
      type: 'single',
      ask: {
        de: 'Ein Prozess mit uid 1000 zeigt `CapEff: 0000000000000000`. Welche Zeile sagt, was ein setuid-Programm ihm noch bringen kann?',
        en: 'A process with uid 1000 shows `CapEff: 0000000000000000`. Which line says what a setuid program can still bring it?',
      },
      options: [
        {
          id: 'eff',
          isRight: false,
          text: { de: '`CapEff`', en: '`CapEff`' },
          why: { de: 'Sie zeigt nur, was er im Augenblick darf.', en: 'It shows only what it may do right now.' },
        },
        {
          id: 'bnd',
          isRight: true,
          text: { de: '`CapBnd`, zusammen mit `NoNewPrivs`', en: '`CapBnd`, together with `NoNewPrivs`' },
          why: { de: 'Die Obergrenze gilt für alles, was er startet; bei `NoNewPrivs: 1` kommt gar nichts dazu.', en: 'The ceiling applies to all it starts; with `NoNewPrivs: 1` nothing is added at all.' },
        },
        {
          id: 'inh',
          isRight: false,
          text: { de: '`CapInh`', en: '`CapInh`' },
          why: { de: 'Ein setuid-root-Programm bekommt, was die Obergrenze hergibt.', en: 'A setuid root program gets whatever the ceiling has to give.' },
        },
      ],
    },
  ],
} satisfies SectionQuizzes;
