import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L3.5',
  title: { de: 'LSM-Werkstatt', en: 'LSM Workshop' },
  summary: {
    de: 'Der Webserver sei durch AppArmor eingesperrt, steht im Ticket. Du liest trotzdem den Schlüssel, den das Profil ihm verbietet, und schreibst dann Richtlinien, die diesen Namen verdienen: für AppArmor, für SELinux und für den Kernel, den du wirklich hast.',
    en: 'The web server is confined by AppArmor, says the ticket. You read the key that its profile forbids anyway, and then write policies worth the name: for AppArmor, for SELinux, and for the kernel you really have.',
  },
  minutes: 60,
  difficulty: 4,
  needs: [],
  checkLimitSeconds: 45,
  attack: {
    title: {
      de: 'Lies durch den „eingesperrten“ Webserver /srv/keys/signing.key',
      en: 'Read /srv/keys/signing.key through the “confined” web server',
    },
    points: 20,
    hints: [
      {
        de: 'Der Webserver hängt deinen Pfad an /srv/www an, ohne ihn anzusehen. Was bedeutet `..` darin?',
        en: 'The web server appends your path to /srv/www without a look at it. What does `..` mean in there?',
      },
      {
        de: 'Browser und curl räumen `..` auf, bevor sie fragen. Für curl gibt es die Option `--path-as-is`.',
        en: 'Browsers and curl tidy up `..` before they ask. For curl there is the option `--path-as-is`.',
      },
      {
        de: '`curl --path-as-is http://dockerhost:8080/../keys/signing.key`',
        en: '`curl --path-as-is http://dockerhost:8080/../keys/signing.key`',
      },
    ],
  },
  tasks: {
    'denied-today': {
      title: {
        de: 'Auf diesem Kernel, heute: Der Container kommt nicht an die Schlüssel, nicht an /etc und kann nichts einhängen',
        en: 'On this kernel, today: the container gets neither at the keys nor at /etc, and cannot mount',
      },
      points: 20,
      hints: [
        {
          de: 'Ein LSM ist hier nicht da; Besitzer, Rechte, Mounts und Capabilities sind es. Als wer läuft webd, und was ist überhaupt eingehängt? `docker inspect -f "{{.Mounts}}" web`',
          en: 'There is no LSM here; owners, modes, mounts and capabilities there are. Who does webd run as, and what is mounted at all? `docker inspect -f "{{.Mounts}}" web`',
        },
        {
          de: 'Hänge nur ein, was er ausliefert, nicht ganz /srv. Und lass ihn ohne root laufen oder gib ihm ein Wurzelverzeichnis, das nur lesbar ist.',
          en: 'Mount only what it serves, not all of /srv. And run it without root, or give it a root directory that is read-only.',
        },
        {
          de: '`docker rm -f web`, dann wie in run.sh, aber mit `--user 10001:10001 --read-only --cap-drop ALL -v /srv/harbour/www:/srv/www:ro` statt `-v /srv/harbour:/srv:ro`. Das Label und der Port bleiben.',
          en: '`docker rm -f web`, then as in run.sh, but with `--user 10001:10001 --read-only --cap-drop ALL -v /srv/harbour/www:/srv/www:ro` instead of `-v /srv/harbour:/srv:ro`. Label and port stay.',
        },
      ],
    },
    'profile-compiles': {
      title: { de: 'AppArmor: Das Profil docker-web lässt sich übersetzen', en: 'AppArmor: the profile docker-web compiles' },
      points: 15,
      hints: [
        {
          de: '`apparmor_parser -QK /root/lsm/web.apparmor` nennt die Zeile, an der es scheitert.',
          en: '`apparmor_parser -QK /root/lsm/web.apparmor` names the line where it fails.',
        },
        {
          de: 'In `deny mont,` fehlt ein Buchstabe. Übersetzbar heißt noch nicht gut: Lies auch den Rest.',
          en: '`deny mont,` lacks a letter. That something compiles does not make it good: read the rest as well.',
        },
      ],
    },
    'profile-denies': {
      title: { de: 'AppArmor: Das Profil verbietet, was der Webserver nicht darf', en: 'AppArmor: the profile denies what the web server must not do' },
      points: 30,
      hints: [
        {
          de: 'Was kein Profil erlaubt, ist verboten. Eine einzige Regel wie `file,` hebt das für alle Dateien auf, `capability,` für alle Capabilities. Frag dein Profil: `ask-profile web.apparmor file /etc/passwd`.',
          en: 'What no rule allows is denied. One rule such as `file,` undoes that for all files, `capability,` for all capabilities. Ask your profile: `ask-profile web.apparmor file /etc/passwd`.',
        },
        {
          de: 'Streiche `file,`, `network,` und `capability,` und schreibe statt dessen einzelne Erlaubnisse. `complain` in den flags heißt: nur melden, nichts verhindern.',
          en: 'Delete `file,`, `network,` and `capability,` and write single permissions instead. `complain` among the flags means: report only, prevent nothing.',
        },
        {
          de: 'Es bleiben höchstens: `network inet stream,` `signal (receive) peer=unconfined,` `/usr/local/bin/webd mrix,` `/srv/www/** r,` `owner /run/web.pid w,`, und flags=(attach_disconnected).',
          en: 'What may stay: `network inet stream,` `signal (receive) peer=unconfined,` `/usr/local/bin/webd mrix,` `/srv/www/** r,` `owner /run/web.pid w,`, and flags=(attach_disconnected).',
        },
      ],
    },
    'profile-allows': {
      title: { de: 'AppArmor: Der Webserver kann damit arbeiten', en: 'AppArmor: the web server can work under it' },
      points: 25,
      hints: [
        {
          de: 'Was der Webserver braucht, steht in /root/lsm/README. Jeder Punkt ist eine Regel.',
          en: 'What the web server needs is in /root/lsm/README. Every point is a rule.',
        },
        {
          de: 'Ein Programm starten: `ix` behält das Profil bei, `ux` verlässt es. Ein Stern endet am Schrägstrich, zwei nicht: `/srv/www/** r,`. Ohne `signal`-Regel kann Docker den Container nicht anhalten.',
          en: 'Running a program: `ix` keeps the profile, `ux` leaves it. One star ends at a slash, two do not: `/srv/www/** r,`. Without a `signal` rule Docker cannot stop the container.',
        },
        {
          de: '`ask-profile web.apparmor file /usr/local/bin/webd`, `… file /run/web.pid`, `… network inet stream`, `… signal TERM unconfined`: Jede Antwort zeigt dir, welche der Regeln aus dem letzten Hinweis zu profile-denies noch fehlt.',
          en: '`ask-profile web.apparmor file /usr/local/bin/webd`, `… file /run/web.pid`, `… network inet stream`, `… signal TERM unconfined`: each answer shows which of the rules in the last hint of the task before is still missing.',
        },
      ],
    },
    'module-builds': {
      title: { de: 'SELinux: Das Modul übersetzt, bindet und fügt sich in die Richtlinie', en: 'SELinux: the module compiles, links and fits into the policy' },
      points: 20,
      hints: [
        {
          de: '`build-policy /root/lsm/web.te /tmp/web.policy` sagt, welcher Schritt scheitert. Der Übersetzer nennt die Zeile nach dem Fehler.',
          en: '`build-policy /root/lsm/web.te /tmp/web.policy` says which step fails. The compiler names the line after the mistake.',
        },
        {
          de: 'Hinter `type webctr_t` fehlt ein Semikolon. „neverallow violated“ heißt: Debians Richtlinie selbst verbietet diese Regel, zum Beispiel jedem gewöhnlichen Typ das Lesen von shadow_t.',
          en: 'A semicolon is missing after `type webctr_t`. “neverallow violated” means that Debian’s policy itself forbids that rule, such as reading shadow_t for any ordinary type.',
        },
        {
          de: 'Ein Typ, in dem Prozesse laufen, gehört zum Attribut domain: `attribute domain;` in require und `typeattribute webctr_t domain;`. Die Zeile mit shadow_t muss weg.',
          en: 'A type that processes run in belongs to the attribute domain: `attribute domain;` in require, and `typeattribute webctr_t domain;`. The line with shadow_t has to go.',
        },
      ],
    },
    'module-meaning': {
      title: {
        de: 'SELinux: Die fertige Richtlinie erlaubt webctr_t das Nötige und sonst nichts',
        en: 'SELinux: the finished policy allows webctr_t what it needs and no more',
      },
      points: 30,
      hints: [
        {
          de: 'In SELinux gibt es kein deny: Verboten ist, wofür keine allow-Regel da ist. Sieh dir die fertige Richtlinie an: `sesearch -A -s webctr_t /tmp/web.policy`.',
          en: 'SELinux has no deny: forbidden is what no allow rule covers. Look at the finished policy: `sesearch -A -s webctr_t /tmp/web.policy`.',
        },
        {
          de: 'Weg müssen: `permissive`, etc_t schreiben, der Docker-Socket (container_runtime_t:sock_file, dockerd_t:unix_stream_socket). Es fehlen: lauschen (self:tcp_socket, http_port_t name_bind, node_t node_bind) und `allow dockerd_t webctr_t:process transition`.',
          en: 'To be removed: `permissive`, writing etc_t, the Docker socket (container_runtime_t:sock_file, dockerd_t:unix_stream_socket). Missing: listening (self:tcp_socket, http_port_t name_bind, node_t node_bind) and `allow dockerd_t webctr_t:process transition`.',
        },
        {
          de: '`allow webctr_t self:tcp_socket { create bind listen accept read write getattr setopt };` `allow webctr_t http_port_t:tcp_socket name_bind;` `allow webctr_t node_t:tcp_socket node_bind;` `allow dockerd_t webctr_t:process transition;`, dazu Typen und Klassen in require (`class tcp_socket { … }`, `class process transition`).',
          en: '`allow webctr_t self:tcp_socket { create bind listen accept read write getattr setopt };` `allow webctr_t http_port_t:tcp_socket name_bind;` `allow webctr_t node_t:tcp_socket node_bind;` `allow dockerd_t webctr_t:process transition;`, and the types and classes in require (`class tcp_socket { … }`, `class process transition`).',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
