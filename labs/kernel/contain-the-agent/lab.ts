import type { Lab } from '#lab';

export default {
  label: 'L1.2',
  title: { de: 'Der große Ausbruch', en: 'The Great Escape' },
  summary: {
    de: 'Der Hersteller eines Monitoring-Agenten verlangt `--privileged`, und seine Diagnoseseite führt fremde Befehle aus. Brich über sie auf den Docker-Host aus. Sperre den Agenten danach so ein, dass er trotzdem noch misst.',
    en: 'A monitoring vendor insists on `--privileged`, and the diagnostics page of its agent runs whatever it is sent. Use it to break out to the Docker host. Then lock the agent in, without losing a single figure it reports.',
  },
  minutes: 40,
  difficulty: 2,
  needs: [],
  attack: {
    title: { de: 'Lies `/root/flag.txt` des Docker-Hosts über die Diagnoseseite', en: 'Read the Docker host’s `/root/flag.txt` through the diagnostics page' },
    points: 30,
    hints: [
      {
        de: 'Die Diagnoseseite auf Port 9100 übergibt `cmd` an eine Shell. Probiere vom Angreiferrechner aus `id`.',
        en: 'The diagnostics page on port 9100 hands `cmd` to a shell. From the attacker box, try `id` first.',
      },
      {
        de: 'Der Agent sieht mit `--pid=host` den Prozess 1 des Docker-Hosts. `nsenter -t 1 -m` wechselt in dessen Mount-Namespace.',
        en: 'With `--pid=host` the agent sees process 1 of the Docker host. `nsenter -t 1 -m` steps into that process’s mount namespace.',
      },
      {
        de: '`curl -sG http://dockerhost:9100/cgi-bin/diag --data-urlencode "cmd=nsenter -t 1 -m -- cat /root/flag.txt"`',
        en: '`curl -sG http://dockerhost:9100/cgi-bin/diag --data-urlencode "cmd=nsenter -t 1 -m -- cat /root/flag.txt"`',
      },
    ],
  },
  tasks: {
    'not-privileged': {
      title: { de: 'Der Agent läuft ohne `--privileged`', en: 'The agent runs without `--privileged`' },
      points: 30,
      hints: [
        {
          de: 'Der Agent liest nur Dateien. Welches Recht, das ein gewöhnlicher Container nicht hat, braucht er dafür?',
          en: 'All the agent does is read files. Which right does it need for this that an ordinary container lacks?',
        },
        {
          de: 'Die Optionen eines Containers stehen bei seinem Start fest: Entferne ihn und starte ihn neu. `/srv/agent/start.sh` enthält den Aufruf des Herstellers.',
          en: 'A container’s options are fixed when it starts: remove it and start it again. `/srv/agent/start.sh` holds the vendor’s command.',
        },
        {
          de: 'Streiche `--privileged` in `/srv/agent/start.sh` und führe das Skript aus. Ersetze es nicht durch `--cap-add` oder `seccomp=unconfined`.',
          en: 'Delete `--privileged` from `/srv/agent/start.sh` and run the script. Do not trade it for `--cap-add` or `seccomp=unconfined`.',
        },
      ],
    },
    'own-pid-namespace': {
      title: { de: 'Der Agent sieht nur seine eigenen Prozesse', en: 'The agent sees no processes but its own' },
      points: 20,
      hints: [
        {
          de: 'Welche der vier Optionen braucht der Agent für welche Zahl in `/metrics`?',
          en: 'Which of the four options does the agent need for which figure in `/metrics`?',
        },
        {
          de: 'Last und Speicher stehen in `/proc/loadavg` und `/proc/meminfo`. Diese Dateien zeigen in jedem Container die Werte der ganzen Maschine.',
          en: 'Load and memory come from `/proc/loadavg` and `/proc/meminfo`. In every container, these files show the figures of the whole machine.',
        },
        { de: 'Lass `--pid=host` weg.', en: 'Leave out `--pid=host`.' },
      ],
    },
    'no-host-root': {
      title: {
        de: 'Vom Docker-Host ist nur `/srv/data` sichtbar, und nur lesbar',
        en: 'Of the Docker host’s files only `/srv/data` is visible, and read-only',
      },
      points: 30,
      hints: [
        {
          de: 'Nur eine Zahl in `/metrics` stammt von der Platte: `data_used_bytes`. Was muss der Agent dafür sehen?',
          en: 'Only one figure in `/metrics` comes from the disk: `data_used_bytes`. What does the agent have to see for it?',
        },
        {
          de: 'Der Agent sucht das Verzeichnis unter `/rootfs/srv/data`. Ein Bind-Mount kann genau dieses eine Verzeichnis dorthin bringen; `:ro` nimmt das Schreibrecht.',
          en: 'The agent looks for the directory at `/rootfs/srv/data`. A bind mount can put exactly that one directory there; `:ro` takes the right to write away.',
        },
        {
          de: 'Ersetze `-v /:/rootfs` durch `-v /srv/data:/rootfs/srv/data:ro`.',
          en: 'Replace `-v /:/rootfs` with `-v /srv/data:/rootfs/srv/data:ro`.',
        },
      ],
    },
    'own-network': {
      title: { de: 'Der Agent hat ein eigenes Netz und ist auf Port 9100 erreichbar', en: 'The agent has a network of its own and answers on port 9100' },
      points: 20,
      hints: [
        {
          de: 'Im Netz des Hosts erreicht der Agent alles, was dort nur auf 127.0.0.1 lauscht. Braucht er das?',
          en: 'In the host’s network the agent reaches everything that listens on 127.0.0.1 only. Does it need to?',
        },
        {
          de: 'Um von außen erreichbar zu sein, genügt ein veröffentlichter Port.',
          en: 'To be reached from outside, a published port is enough.',
        },
        { de: 'Ersetze `--network=host` durch `-p 9100:9100`.', en: 'Replace `--network=host` with `-p 9100:9100`.' },
      ],
    },
    'still-monitors': {
      title: { de: 'Der eingesperrte Agent misst weiter, mit dem Image des Herstellers', en: 'Locked in, the agent still measures, with the vendor’s image' },
      points: 20,
      hints: [
        {
          de: 'Rufe nach jedem Neustart `/metrics` auf und vergleiche alle fünf Zeilen mit denen vom Anfang.',
          en: 'Fetch `/metrics` after every restart and compare all five lines with those you saw at the start.',
        },
        {
          de: 'Meldet `data_used_bytes` den Wert `NaN`, so gibt es im Container kein `/rootfs/srv/data`. Lege eine Datei in `/srv/data` an: Die Zahl muss mitwachsen.',
          en: 'If `data_used_bytes` says `NaN`, the container has no `/rootfs/srv/data`. Put a file into `/srv/data`: the figure must grow with it.',
        },
        {
          de: '`docker rm -f node-agent && docker run -d --name node-agent --label lab.role=agent --restart=unless-stopped -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent`',
          en: '`docker rm -f node-agent && docker run -d --name node-agent --label lab.role=agent --restart=unless-stopped -v /srv/data:/rootfs/srv/data:ro -p 9100:9100 lab/agent`',
        },
      ],
    },
  },
  messages: {
    'not-answering': {
      de: 'Der Agent läuft, antwortet aber auf Port 9100 nicht. Ein Dienst, den niemand erreicht, ist abgeschaltet und nicht abgesichert.',
      en: 'The agent runs but does not answer on port 9100. A service nobody can reach is switched off, not hardened.',
    },
    'diagnostics-changed': {
      de: 'Die Diagnoseseite führt den Befehl nicht mehr unverändert aus. Der Code gehört dem Hersteller: Sperre den Agenten ein, statt ihn umzubauen.',
      en: 'The diagnostics page no longer runs the command as sent. The code is the vendor’s: lock the agent in instead of rewriting it.',
    },
    'capabilities-left': {
      de: 'Der Agent hat mehr Capabilities, als Docker einem gewöhnlichen Container gibt. Starte ihn ohne `--privileged` und ohne `--cap-add`.',
      en: 'The agent has more capabilities than Docker gives an ordinary container. Start it without `--privileged` and without `--cap-add`.',
    },
    'seccomp-off': {
      de: 'Kein Seccomp-Filter schränkt die Systemaufrufe des Agenten ein. Entferne `--privileged` und `seccomp=unconfined`.',
      en: 'No seccomp filter limits the agent’s system calls. Remove `--privileged` and `seccomp=unconfined`.',
    },
    'seccomp-weak': {
      de: 'Ein Seccomp-Filter ist da, aber er lässt durch, was Dockers Standardprofil sperrt. Nimm das Standardprofil.',
      en: 'There is a seccomp filter, but it lets through what Docker’s default profile blocks. Use the default profile.',
    },
    'kernel-files-open': {
      de: 'Kernel-Dateien unter `/proc` und `/sys`, die Docker sonst sperrt oder nur lesbar einhängt, liegen im Container offen. Entferne `--privileged` und `systempaths=unconfined`.',
      en: 'Kernel files below `/proc` and `/sys` that Docker masks or mounts read-only are open in the container. Remove `--privileged` and `systempaths=unconfined`.',
    },
    'can-mount': {
      de: 'Code im Agenten darf Dateisysteme einhängen. Ein gewöhnlicher Container darf das nicht.',
      en: 'Code in the agent may mount file systems. An ordinary container may not.',
    },
    'host-processes': {
      de: 'Der Agent teilt sich den PID-Namespace mit dem Docker-Host. Starte ihn ohne `--pid=host`.',
      en: 'The agent shares the Docker host’s pid namespace. Start it without `--pid=host`.',
    },
    'foreign-processes': {
      de: 'Der Agent sieht Prozesse, die nicht zu ihm gehören. Gib ihm einen eigenen PID-Namespace und kein fremdes `/proc`.',
      en: 'The agent sees processes that are not its own. Give it a pid namespace to itself, and nobody else’s `/proc`.',
    },
    'host-files': {
      de: 'Der Agent sieht mehr vom Docker-Host als `/srv/data`. Auch nur lesbar eingehängt genügt das für Schlüssel, Passwörter und Sockets.',
      en: 'The agent sees more of the Docker host than `/srv/data`. Even read-only, that is enough for keys, passwords and sockets.',
    },
    'data-writable': {
      de: 'Der Agent darf in `/srv/data` schreiben, obwohl er nur zählt. Hänge das Verzeichnis mit `:ro` ein.',
      en: 'The agent may write to `/srv/data` although all it does is count. Mount the directory with `:ro`.',
    },
    'canary-read': {
      de: 'Über die Diagnoseseite ließ sich soeben eine Datei des Docker-Hosts lesen, die niemanden außerhalb etwas angeht.',
      en: 'Through the diagnostics page, a private file of the Docker host could be read just now.',
    },
    'host-network': {
      de: 'Der Agent benutzt das Netz des Docker-Hosts. Starte ihn ohne `--network=host` und veröffentliche Port 9100.',
      en: 'The agent uses the Docker host’s network. Start it without `--network=host` and publish port 9100.',
    },
    'loopback-reached': {
      de: 'Der Agent erreicht einen Dienst, der nur auf 127.0.0.1 des Docker-Hosts lauscht.',
      en: 'The agent reaches a service that listens on the Docker host’s 127.0.0.1 only.',
    },
    'nothing-hardened': {
      de: 'Der Agent misst, aber noch mit allen vier Freibriefen. Nimm ihm zuerst Rechte weg: Hier zählt, dass er danach weiter misst.',
      en: 'The agent measures, but still with all four blank cheques. Take rights away first: what counts here is that it still measures afterwards.',
    },
    'image-changed': {
      de: 'Im Container läuft nicht das unveränderte Image des Herstellers. Stelle `lab/agent` unverändert wieder her und ändere nur die Startoptionen.',
      en: 'The container does not run the vendor’s untouched image. Go back to `lab/agent` as delivered and change nothing but the options it starts with.',
    },
    'data-not-measured': {
      de: '`data_used_bytes` folgt dem Inhalt von `/srv/data` nicht. Der Agent sucht das Verzeichnis unter `/rootfs/srv/data`.',
      en: '`data_used_bytes` does not follow what is in `/srv/data`. The agent looks for the directory at `/rootfs/srv/data`.',
    },
    'figures-wrong': {
      de: 'Last oder Speicher in `/metrics` stimmen nicht mit der Maschine überein.',
      en: 'Load or memory in `/metrics` do not match the machine.',
    },
    'agent-not-genuine': {
      de: 'Was auf Port 9100 antwortet, kennt den Schlüssel des Agenten nicht.',
      en: 'Whatever answers on port 9100 does not know the agent’s key.',
    },
  },
} as const satisfies Lab;
