import type { Lab } from '#lab';

export default {
  label: 'L2.5',
  title: { de: 'Der laute Nachbar', en: 'The Noisy Neighbour' },
  summary: {
    de: 'Kasse und Bildverkleinerung laufen auf demselben Docker-Host. Ein paar kaputte Uploads genügen, und die Kasse steht still. Setze dem Nachbarn Grenzen, die auch dann halten, wenn er sich danebenbenimmt.',
    en: 'The checkout and the thumbnail service share a Docker host. A few broken uploads are enough to bring the checkout to a standstill. Give the neighbour limits that hold even while it misbehaves.',
  },
  minutes: 40,
  difficulty: 2,
  needs: ['memory', 'cpu', 'pids', 'disk'],
  attack: {
    title: { de: 'Bring die Kasse über ihren Nachbarn `thumbs` zum Stehen', en: 'Stall the checkout by way of its neighbour `thumbs`' },
    points: 20,
    hints: [
      {
        de: 'Lies `/srv/stack/src/thumbs.c`: Der Kommentar am Anfang nennt alle Adressen. Beobachte dabei vom Angreiferrechner aus `http://dockerhost:8080/status`.',
        en: 'Read `/srv/stack/src/thumbs.c`: the comment at the top lists every address. Meanwhile, watch `http://dockerhost:8080/status` from the attacker box.',
      },
      {
        de: 'Rechenzeit teilt der Kernel zwischen zwei Containern gerecht auf, Prozessnummern nicht. Die Kasse startet für jede Bestellung einen Prozess.',
        en: 'The kernel divides processor time fairly between two containers. Process numbers it does not. The checkout starts a process for every order.',
      },
      {
        de: '`curl "http://dockerhost:8083/fork?n=5000&s=8" & sleep 4; curl http://dockerhost:8080/status`',
        en: '`curl "http://dockerhost:8083/fork?n=5000&s=8" & sleep 4; curl http://dockerhost:8080/status`',
      },
    ],
  },
  tasks: {
    'memory-limit': {
      title: {
        de: '`thumbs` bekommt höchstens 256 MiB Speicher, Swap eingeschlossen kaum mehr',
        en: '`thumbs` gets at most 256 MiB of memory, and hardly more with swap',
      },
      points: 30,
      hints: [
        {
          de: 'Wie viel braucht `thumbs` im Normalbetrieb? Rufe ein paarmal `/thumb?nonce=1` auf und sieh währenddessen in `docker stats` nach. Die Grenze liegt darüber, aber nicht weit.',
          en: 'How much does `thumbs` need on an ordinary day? Call `/thumb?nonce=1` a few times with `docker stats` open. The limit belongs above that, but not far above.',
        },
        {
          de: '`--memory` ohne `--memory-swap` erlaubt noch einmal so viel Swap. Setze beide auf denselben Wert, dann gibt es gar keinen. In Compose heißen sie `mem_limit` und `memswap_limit`.',
          en: '`--memory` without `--memory-swap` allows as much again in swap. Set both to the same value and there is none. In Compose they are called `mem_limit` and `memswap_limit`.',
        },
        {
          de: 'Unter `thumbs:` in `/srv/stack/compose.yaml`: `mem_limit: 128m` und `memswap_limit: 128m`. Dann `docker compose up -d` in `/srv/stack`.',
          en: 'Below `thumbs:` in `/srv/stack/compose.yaml`: `mem_limit: 128m` and `memswap_limit: 128m`. Then `docker compose up -d` in `/srv/stack`.',
        },
      ],
    },
    'cpu-limit': {
      title: { de: '`thumbs` bekommt höchstens einen halben Prozessorkern', en: '`thumbs` gets at most half a processor core' },
      points: 25,
      hints: [
        {
          de: 'Es gibt zwei Arten von Optionen: Gewichte, die nur im Gedränge zählen, und Grenzen, die immer zählen. Hier brauchst du eine Grenze.',
          en: 'There are two kinds of options: weights, which count only when it gets crowded, and limits, which always count. You need a limit here.',
        },
        {
          de: '`--cpu-shares` ist ein Gewicht, `--cpus` eine Grenze. Ob sie greift, zeigt `nr_throttled` in der Datei `cpu.stat` der cgroup.',
          en: '`--cpu-shares` is a weight, `--cpus` a limit. Whether it bites is shown by `nr_throttled` in the cgroup’s `cpu.stat`.',
        },
        { de: '`cpus: 0.4` unter `thumbs:`, dann `docker compose up -d`.', en: '`cpus: 0.4` below `thumbs:`, then `docker compose up -d`.' },
      ],
    },
    'process-limit': {
      title: {
        de: '`thumbs` bekommt höchstens 128 Prozesse und erholt sich von einem Sturm',
        en: '`thumbs` gets at most 128 processes and recovers from a storm',
      },
      points: 20,
      hints: [
        {
          de: 'Ohne eigene Grenze zählt nur die des ganzen Docker-Hosts, und die teilen sich alle Container.',
          en: 'Without a limit of its own, only that of the whole Docker host counts, and all containers share it.',
        },
        {
          de: '`--pids-limit` begrenzt Prozesse und Threads. Die Werte 0 und -1 bedeuten: keine Grenze. Ein Vorschaubild braucht bis zu 12 Prozesse.',
          en: '`--pids-limit` caps processes and threads together. The values 0 and -1 mean: no limit. One thumbnail takes up to 12 processes.',
        },
        { de: '`pids_limit: 64` unter `thumbs:`, dann `docker compose up -d`.', en: '`pids_limit: 64` below `thumbs:`, then `docker compose up -d`.' },
      ],
    },
    'disk-limit': {
      title: {
        de: '`thumbs` kann die Platte nicht füllen: höchstens 64 MiB Dateien und 20 MiB Log',
        en: '`thumbs` cannot fill the disk: at most 64 MiB of files and 20 MiB of log',
      },
      points: 25,
      hints: [
        {
          de: 'Drei Wege führen auf die Platte: die Schreibschicht des Containers, `/tmp` und das, was er auf die Standardausgabe schreibt. Eine Option für alle drei gibt es nicht.',
          en: 'Three ways lead onto the disk: the container’s writable layer, `/tmp`, and whatever it prints on standard output. There is no single option for all three.',
        },
        {
          de: 'Ein nur lesbares Wurzelverzeichnis (`--read-only`) schließt die Schreibschicht, ein tmpfs mit `size=` begrenzt `/tmp`, und der Log-Treiber rotiert mit `max-size` und `max-file`. Ein tmpfs liegt im Arbeitsspeicher: Es zählt zur Speichergrenze.',
          en: 'A read-only root (`--read-only`) closes the writable layer, a tmpfs with `size=` bounds `/tmp`, and the log driver rotates with `max-size` and `max-file`. A tmpfs lives in memory, so it counts towards the memory limit.',
        },
        {
          de: 'Unter `thumbs:`: `read_only: true`, `tmpfs: ["/tmp:size=32m"]` und `logging: {driver: json-file, options: {max-size: 5m, max-file: "2"}}`. Dann `docker compose up -d`.',
          en: 'Below `thumbs:`: `read_only: true`, `tmpfs: ["/tmp:size=32m"]` and `logging: {driver: json-file, options: {max-size: 5m, max-file: "2"}}`. Then `docker compose up -d`.',
        },
      ],
    },
    'restart-policy': {
      title: { de: 'Nach einem Absturz startet `thumbs` neu, aber höchstens fünfmal', en: 'After a crash `thumbs` starts again, but five times at most' },
      points: 10,
      hints: [
        {
          de: 'Ein Dienst, der beim Start abstürzt und immer wieder neu startet, ist selbst ein lauter Nachbar. Wann soll Schluss sein?',
          en: 'A service that crashes on start and is started over and over is a noisy neighbour in its own right. When should it end?',
        },
        {
          de: 'Von den vier Neustart-Regeln kennt nur `on-failure` eine Höchstzahl.',
          en: 'Of the four restart policies, only `on-failure` knows a maximum.',
        },
        {
          de: '`restart: on-failure:3` unter `thumbs:`, dann `docker compose up -d`.',
          en: '`restart: on-failure:3` below `thumbs:`, then `docker compose up -d`.',
        },
      ],
    },
    'both-services': {
      title: {
        de: 'Unter Beschuss arbeitet die Kasse flüssig, und `thumbs` arbeitet danach weiter',
        en: 'Under fire the checkout stays brisk, and afterwards `thumbs` is back at work',
      },
      points: 20,
      hints: [
        {
          de: 'Grenzen sollen den Missbrauch treffen und nicht die Arbeit. Rufe nach jeder Änderung `/thumb?nonce=1` auf.',
          en: 'Limits should hit the abuse, not the work. Call `/thumb?nonce=1` after every change.',
        },
        {
          de: 'Kommt `Read-only file system`, so fehlt `thumbs` ein Ort für temporäre Dateien. Kommt `worker killed`, so ist die Speichergrenze zu eng; kommt `Resource temporarily unavailable`, so ist es die Prozessgrenze.',
          en: '`Read-only file system` means that `thumbs` has no place for its temporary files. `worker killed` means the memory limit is too tight; `Resource temporarily unavailable` means the process limit is.',
        },
        {
          de: 'Begrenze nur `thumbs`: 128 MiB Speicher, 0,4 Kerne, 64 Prozesse und ein tmpfs von 32 MiB auf `/tmp` genügen der Arbeit und bremsen die Fehler.',
          en: 'Limit `thumbs` only: 128 MiB of memory, 0.4 cores, 64 processes and a 32 MiB tmpfs on `/tmp` are plenty for the work and stop the bugs.',
        },
      ],
    },
    ulimits: {
      title: { de: 'Auch ulimits begrenzen `thumbs`: offene Dateien oder Prozesse', en: 'Ulimits bound `thumbs` as well: open files or processes' },
      points: 10,
      bonus: true,
      hints: [
        {
          de: '`http://localhost:8083/limits` zeigt auf dem Docker-Host, welche ulimits der Dienst hat.',
          en: 'On the Docker host, `http://localhost:8083/limits` shows which ulimits the service has.',
        },
        {
          de: 'Docker kennt sie je Container (`--ulimit`, in Compose `ulimits`) und als Vorgabe für alle (`default-ulimits` in `/etc/docker/daemon.json`). Es zählt der harte Wert: höchstens 4096 offene Dateien oder 512 Prozesse.',
          en: 'Docker has them per container (`--ulimit`, in Compose `ulimits`) and as a default for all (`default-ulimits` in `/etc/docker/daemon.json`). The hard value counts: at most 4096 open files or 512 processes.',
        },
        {
          de: '`ulimits: {nofile: 1024}` unter `thumbs:`, dann `docker compose up -d`.',
          en: '`ulimits: {nofile: 1024}` below `thumbs:`, then `docker compose up -d`.',
        },
      ],
    },
  },
  messages: {
    'memory-unlimited': {
      de: 'Für `thumbs` gilt keine Speichergrenze. Eine Reservierung oder ein Wert in einer Datei begrenzt nichts: Es zählt, was für den laufenden Container gilt.',
      en: 'No memory limit applies to `thumbs`. A reservation, or a value in a file, limits nothing: what counts is what holds for the running container.',
    },
    'memory-too-large': {
      de: 'Die Speichergrenze von `thumbs` ist so groß, dass sie die Kasse nicht schützt. Mehr als 256 MiB braucht der Dienst nie.',
      en: 'The memory limit of `thumbs` is too large to protect the checkout. The service never needs more than 256 MiB.',
    },
    'memory-too-small': {
      de: 'Die Speichergrenze von `thumbs` trifft die Arbeit statt den Missbrauch: Ein Vorschaubild braucht bis zu 40 MB. Gib dem Dienst mindestens 48 MB.',
      en: 'The memory limit of `thumbs` hits the work instead of the abuse: one thumbnail takes up to 40 MB. Give the service at least 48 MB.',
    },
    'oom-kill-disabled': {
      de: 'Mit `--oom-kill-disable` beendet der Kernel bei vollem Speicher niemanden mehr: Der Dienst bleibt für immer hängen. Lass die Option weg.',
      en: 'With `--oom-kill-disable` the kernel ends nobody when memory is full: the service hangs for good. Leave the option out.',
    },
    'swap-unlimited': {
      de: 'Speicher und Swap zusammen sind mehr als das Anderthalbfache der Speichergrenze. Ohne `--memory-swap` erlaubt Docker noch einmal so viel Swap wie Speicher.',
      en: 'Memory and swap together exceed the memory limit by more than half. Without `--memory-swap`, Docker allows as much swap again as memory.',
    },
    'memory-not-enforced': {
      de: '`/alloc?mb=400` wurde nicht aufgehalten: Entweder bekam `thumbs` den Speicher, oder die Anfrage blieb hängen.',
      en: '`/alloc?mb=400` was not stopped: either `thumbs` got the memory, or the request was left hanging.',
    },
    'cpu-unlimited': {
      de: 'Für `thumbs` gilt keine Grenze der Rechenzeit. `--cpu-shares` ist nur ein Gewicht.',
      en: 'No limit on processor time applies to `thumbs`. `--cpu-shares` is only a weight.',
    },
    'cpu-too-large': {
      de: '`thumbs` darf mehr als einen halben Prozessorkern benutzen.',
      en: '`thumbs` may use more than half a processor core.',
    },
    'pids-unlimited': {
      de: 'Für `thumbs` gilt keine eigene Prozessgrenze. `--pids-limit` 0 oder -1 heißt: unbegrenzt.',
      en: 'No process limit of its own applies to `thumbs`. `--pids-limit` 0 or -1 means: unlimited.',
    },
    'pids-too-large': {
      de: '`thumbs` darf mehr als 128 Prozesse starten.',
      en: '`thumbs` may start more than 128 processes.',
    },
    'tmpfs-too-large': {
      de: 'Das tmpfs auf `/tmp` fasst mehr als 64 MiB. Ohne `size=` ist es halb so groß wie der Speicher der ganzen Maschine.',
      en: 'The tmpfs on `/tmp` holds more than 64 MiB. Without `size=` it is half as large as the whole machine’s memory.',
    },
    'tmpfs-eats-memory': {
      de: 'Das tmpfs auf `/tmp` liegt im Arbeitsspeicher und zählt zur Speichergrenze: Ist es voll, bleibt dem Dienst nichts mehr, und der Kernel beendet ihn. Mach es kleiner oder die Speichergrenze größer.',
      en: 'The tmpfs on `/tmp` lives in memory and counts towards the memory limit: once full it leaves the service nothing, and the kernel kills it. Make it smaller, or the memory limit larger.',
    },
    'files-unbounded': {
      de: '`thumbs` konnte mehr als 64 MiB in Dateien schreiben. Begrenze das Wurzelverzeichnis und `/tmp`.',
      en: '`thumbs` could write more than 64 MiB to files. Bound the root file system and `/tmp`.',
    },
    'log-unbounded': {
      de: 'Was `thumbs` auf die Standardausgabe schreibt, füllt die Platte: Seine Log-Dateien dürfen größer werden als 20 MiB.',
      en: 'What `thumbs` prints on standard output fills the disk: its log files may grow beyond 20 MiB.',
    },
    'restart-always': {
      de: '`thumbs` wird nach jedem Absturz neu gestartet, ohne Ende. Begrenze die Zahl der Versuche.',
      en: '`thumbs` is started again after every crash, without end. Limit the number of attempts.',
    },
    'restart-never': {
      de: 'Nach einem Absturz bleibt `thumbs` unten. Ein paar Versuche soll Docker machen.',
      en: 'After a crash `thumbs` stays down. Docker should make a few attempts.',
    },
    'restart-endless': {
      de: 'Die Regel `on-failure` braucht eine Höchstzahl zwischen 1 und 5. Ohne Zahl versucht Docker es ohne Ende.',
      en: 'The policy `on-failure` needs a maximum between 1 and 5. Without one, Docker tries for ever.',
    },
    'restart-inside': {
      de: 'Der erste Prozess im Container ist nicht `thumbs` selbst. Eine Shell oder ein Überwacher davor verbirgt Docker den Absturz: Starte den Dienst unmittelbar oder mit `exec`.',
      en: 'The first process in the container is not `thumbs` itself. A shell or a supervisor in front hides the crash from Docker: start the service directly, or with `exec`.',
    },
    'thumbs-broken': {
      de: '`thumbs` läuft, macht aber keine Vorschaubilder mehr. Ein Dienst, der nicht arbeitet, ist abgeschaltet und nicht abgesichert.',
      en: '`thumbs` runs but makes no thumbnails any more. A service that does not work is switched off, not hardened.',
    },
    'checkout-broken': {
      de: 'Die Kasse beantwortet nicht jede Bestellung richtig.',
      en: 'The checkout does not answer every order correctly.',
    },
    'checkout-slow': {
      de: 'Während `thumbs` angegriffen wurde, brauchte die Kasse zu lange: 95 von 100 Bestellungen müssen in weniger als 200 ms fertig sein.',
      en: 'While `thumbs` was under attack, the checkout took too long: 95 orders in 100 must be done in under 200 ms.',
    },
    'not-limited': {
      de: 'Beide Dienste arbeiten, aber `thumbs` noch ohne brauchbare Grenzen. Begrenze zuerst Speicher, Rechenzeit und Prozesse: Hier zählt, dass danach noch alles läuft.',
      en: 'Both services work, but `thumbs` still has no proper limits. Limit memory, processor time and processes first: what counts here is that everything still runs afterwards.',
    },
    'bugs-gone': {
      de: 'Auf die bekannten Fehler antwortet `thumbs` nicht mehr wie das Original. Ein Programm ohne Fehler gibt es nicht: Lass es, wie es ist, und begrenze den Container, in dem es läuft.',
      en: '`thumbs` no longer reacts to its known bugs as the original does. There is no program without bugs: leave it as it is, and limit the container that runs it.',
    },
    'ulimits-open': {
      de: 'Im laufenden Dienst gilt weder ein ulimit für offene Dateien (höchstens 4096) noch eines für Prozesse (höchstens 512).',
      en: 'In the running service there is neither an ulimit on open files (4096 at most) nor one on processes (512 at most).',
    },
  },
} as const satisfies Lab;
