import type { SectionQuizzes } from '#site/quiz/quiz.ts';

export default {
  '3.4': [
    {
      id: 'two-rules',
      type: 'single',
      ask: {
        de: 'Du ergänzt Dockers Profil um eine Regel, die `socket` nur für `AF_UNIX` erlaubt, und lässt den Rest, wie er ist. Was gilt für `AF_INET`?',
        en: 'You add to Docker’s profile a rule that allows `socket` for `AF_UNIX` only, and leave the rest as it is. What holds for `AF_INET`?',
      },
      options: [
        {
          id: 'blocked',
          isRight: false,
          text: { de: 'gesperrt, die engere Regel gewinnt', en: 'blocked, the narrower rule wins' },
          why: { de: 'Innerhalb eines Profils genügt eine Erlaubnis.', en: 'Within a profile one permission is enough.' },
        },
        {
          id: 'allowed',
          isRight: true,
          text: { de: 'weiterhin erlaubt', en: 'still allowed' },
          why: { de: 'Die alte Regel erlaubt es noch. Sie muss weg.', en: 'The old rule still allows it. It has to go.' },
        },
      ],
    },
    {
      id: 'what-it-sees',
      type: 'multiple',
      ask: { de: 'Was kann ein seccomp-Filter unterscheiden?', en: 'What can a seccomp filter tell apart?' },
      options: [
        {
          id: 'family',
          isRight: true,
          text: { de: '`socket(AF_UNIX, …)` und `socket(AF_INET, …)`', en: '`socket(AF_UNIX, …)` and `socket(AF_INET, …)`' },
          why: { de: 'Die Familie ist eine Zahl im ersten Argument.', en: 'The family is a number in the first argument.' },
        },
        {
          id: 'path',
          isRight: false,
          text: { de: '`open("/etc/shadow")` und `open("/etc/hosts")`', en: '`open("/etc/shadow")` and `open("/etc/hosts")`' },
          why: { de: 'Der Pfad ist ein Zeiger, und dem folgt der Filter nicht.', en: 'The path is a pointer, and the filter does not follow it.' },
        },
        {
          id: 'clone',
          isRight: true,
          text: { de: '`clone` mit und ohne `CLONE_NEWUSER`', en: '`clone` with and without `CLONE_NEWUSER`' },
          why: { de: 'Die Bits stehen in einem Argument.', en: 'The bits are in an argument.' },
        },
        {
          id: 'clone3',
          isRight: false,
          text: { de: '`clone3` mit und ohne `CLONE_NEWUSER`', en: '`clone3` with and without `CLONE_NEWUSER`' },
          why: { de: 'Dort stehen die Bits in einer Struktur im Speicher. Deshalb `ENOSYS`.', en: 'There the bits are in a structure in memory. Hence `ENOSYS`.' },
        },
      ],
    },
  ],
  '3.5': [
    {
      id: 'prove-it',
      type: 'single',
      ask: { de: 'Woran erkennst du, dass für einen laufenden Container ein AppArmor-Profil gilt?', en: 'How can you tell that an AppArmor profile is in force for a running container?' },
      options: [
        {
          id: 'option',
          isRight: false,
          text: { de: 'an `SecurityOpt` in `docker inspect`', en: 'by `SecurityOpt` in `docker inspect`' },
          why: { de: 'Dort steht, was bestellt wurde.', en: 'That is what was ordered.' },
        },
        {
          id: 'started',
          isRight: false,
          text: { de: 'daran, dass er mit der Option gestartet ist', en: 'by its having started with the option' },
          why: { de: 'Ohne AppArmor im Kernel startet er auch mit einem erfundenen Namen.', en: 'Without AppArmor in the kernel it starts with a made-up name, too.' },
        },
        {
          id: 'attr',
          isRight: true,
          text: { de: 'an `(enforce)` in `/proc/PID/attr/current`', en: 'by `(enforce)` in `/proc/PID/attr/current`' },
          why: { de: 'Das sagt der Kernel über diesen Prozess.', en: 'That is what the kernel says about this process.' },
        },
      ],
    },
    {
      id: 'selinux-deny',
      type: 'single',
      ask: { de: 'Wie verbietest du in einem SELinux-Modul den Zugriff auf `shadow_t`?', en: 'How do you forbid access to `shadow_t` in a SELinux module?' },
      options: [
        {
          id: 'deny',
          isRight: false,
          text: { de: 'mit `deny webctr_t shadow_t:file read;`', en: 'with `deny webctr_t shadow_t:file read;`' },
          why: { de: 'So schreibt man es in AppArmor, mit Pfaden.', en: 'That is AppArmor’s manner, with paths.' },
        },
        {
          id: 'nothing',
          isRight: true,
          text: { de: 'indem keine Regel ihn erlaubt', en: 'by no rule allowing it' },
          why: { de: 'Was nicht erlaubt ist, ist verboten. Prüfen kann man es mit `sesearch`.', en: 'What is not allowed is forbidden. `sesearch` checks it.' },
        },
        {
          id: 'permissive',
          isRight: false,
          text: { de: 'mit `permissive webctr_t;`', en: 'with `permissive webctr_t;`' },
          why: { de: 'Das schaltet die Durchsetzung für diesen Typ ab.', en: 'That switches enforcement off for this type.' },
        },
      ],
    },
  ],
  '3.6': [
    {
      id: 'proxy-rule',
      type: 'multiple',
      ask: {
        de: 'Welche Regeln eines Vermittlers vor `docker.sock` geben dem Dashboard mehr, als es braucht?',
        en: 'Which rules of a proxy before `docker.sock` give the dashboard more than it needs?',
      },
      options: [
        {
          id: 'list',
          isRight: false,
          text: { de: '`GET /containers/json`', en: '`GET /containers/json`' },
          why: { de: 'Das ist die Liste und sonst nichts.', en: 'That is the list and nothing else.' },
        },
        {
          id: 'star',
          isRight: true,
          text: { de: '`GET /containers/*`', en: '`GET /containers/*`' },
          why: { de: '`archive` liest Dateien, `json` die Umgebung jedes Containers.', en: '`archive` reads files, `json` the environment of every container.' },
        },
        {
          id: 'post',
          isRight: true,
          text: { de: '`POST /containers/create`', en: '`POST /containers/create`' },
          why: { de: 'Mit `Binds: ["/:/h"]` ist das der Host.', en: 'With `Binds: ["/:/h"]` that is the host.' },
        },
      ],
    },
    {
      id: 'proc-read-only',
      type: 'single',
      ask: {
        de: '`-v /proc:/host/proc:ro`, kein `--pid=host`. Was sieht der Container von einem anderen?',
        en: '`-v /proc:/host/proc:ro`, no `--pid=host`. What does the container see of another one?',
      },
      options: [
        {
          id: 'nothing',
          isRight: false,
          text: { de: 'nichts, der pid-Namespace trennt', en: 'nothing, the pid namespace separates them' },
          why: { de: 'Er gilt nur für das eigene `/proc`.', en: 'It applies to its own `/proc` only.' },
        },
        {
          id: 'names',
          isRight: false,
          text: { de: 'nur die Namen der Prozesse', en: 'just the names of the processes' },
          why: { de: 'Auch `environ` und `root` sind lesbar.', en: '`environ` and `root` can be read as well.' },
        },
        {
          id: 'everything',
          isRight: true,
          text: { de: 'Umgebungsvariablen und Dateien', en: 'environment variables and files' },
          why: { de: 'Bei gleichen Capabilities lässt der Kernel ihn hineinsehen.', en: 'With equal capabilities the kernel lets it look inside.' },
        },
      ],
    },
  ],
  '3.7': [
    {
      id: 'noexec',
      type: 'single',
      ask: {
        de: 'Read-only-Wurzel, `--tmpfs /tmp:noexec`, im Image liegt Node. Kann ein Angreifer, der nach `/tmp` schreibt, von dort etwas ausführen?',
        en: 'Read-only root, `--tmpfs /tmp:noexec`, and Node in the image. Can an attacker who writes to `/tmp` run something from there?',
      },
      options: [
        {
          id: 'no',
          isRight: false,
          text: { de: 'Nein, `noexec` verbietet es.', en: 'No, `noexec` forbids it.' },
          why: { de: 'Nur den direkten Start eines Programms.', en: 'Only starting a program directly.' },
        },
        {
          id: 'script',
          isRight: true,
          text: { de: 'Ja, mit `node /tmp/x.js`.', en: 'Yes, with `node /tmp/x.js`.' },
          why: { de: 'Gestartet wird Node, und das liest die Datei nur.', en: 'What is started is Node, which only reads the file.' },
        },
      ],
    },
  ],
} satisfies SectionQuizzes;
