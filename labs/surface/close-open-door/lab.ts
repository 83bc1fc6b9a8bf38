import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L2.1',
  title: { de: 'Offene Tür 2375', en: 'Open Door 2375' },
  summary: {
    de: 'Die CI liefert über Port 2375 aus, ohne Passwort und ohne Verschlüsselung. Das kann jeder andere auch: Ein Befehl genügt, und der Docker-Host gehört dir. Lass danach nur noch herein, wer sich mit einem Zertifikat ausweist.',
    en: 'CI deploys over port 2375, without a password and in the clear. So can everybody else: one command, and the Docker host is yours. Then let in only those who can show a certificate.',
  },
  minutes: 45,
  difficulty: 3,
  needs: [],
  checkLimitSeconds: 60,
  attack: {
    title: {
      de: 'Lies `/root/flag.txt` des Docker-Hosts über Port 2375',
      en: 'Read the Docker host’s `/root/flag.txt` through port 2375',
    },
    points: 30,
    hints: [
      {
        de: 'Frag vom Angreiferrechner aus nach der Version: `curl http://dockerhost:2375/version`. Wer antwortet, nimmt auch Aufträge an.',
        en: 'From the attacker box, ask for the version: `curl http://dockerhost:2375/version`. Whoever answers takes orders, too.',
      },
      {
        de: 'Der Befehl docker kann mit `--host tcp://dockerhost:2375` auch einen fremden Daemon steuern. Welche Option von `docker run` bringt ein Verzeichnis des Hosts in einen Container?',
        en: 'With `--host tcp://dockerhost:2375`, the docker command steers somebody else’s daemon. Which option of `docker run` brings a directory of the host into a container?',
      },
      {
        de: '`docker --host tcp://dockerhost:2375 run --rm --volume /:/host lab/bb cat /host/root/flag.txt`',
        en: '`docker --host tcp://dockerhost:2375 run --rm --volume /:/host lab/bb cat /host/root/flag.txt`',
      },
    ],
  },
  tasks: {
    'no-open-api': {
      title: { de: 'Ohne Schlüssel bedient die API niemanden, auf keinem Port', en: 'Without a key the API serves nobody, on no port' },
      points: 40,
      hints: [
        {
          de: 'Woher kommt der Port? `tr "\\0" " " </proc/$(pgrep -x dockerd)/cmdline` zeigt die Startoptionen, `/etc/default/docker` enthält sie.',
          en: 'Where does the port come from? `tr "\\0" " " </proc/$(pgrep -x dockerd)/cmdline` shows the start options, `/etc/default/docker` holds them.',
        },
        {
          de: 'Ein anderer Port oder 127.0.0.1 hilft nicht, denn Container mit `--network=host` erreichen auch das. `"tls": true` allein verschlüsselt; erst `"tlsverify": true` zusammen mit `tlscacert` verlangt ein Zertifikat vom Client.',
          en: 'Another port or 127.0.0.1 does not help: containers with `--network=host` reach that as well. `"tls": true` alone encrypts; only `"tlsverify": true` with `tlscacert` demands a certificate from the client.',
        },
        {
          de: 'Leere `DOCKER_OPTS` in `/etc/default/docker` und schreibe in `/etc/docker/daemon.json`: `{"hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2376"], "tlsverify": true, "tlscacert": "…/ca.pem", "tlscert": "…/server-cert.pem", "tlskey": "…/server-key.pem"}`. Steht `-H` noch in den Startoptionen, startet Docker nicht: „hosts“ wäre dann doppelt gesetzt.',
          en: 'Empty `DOCKER_OPTS` in `/etc/default/docker` and write to `/etc/docker/daemon.json`: `{"hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2376"], "tlsverify": true, "tlscacert": "…/ca.pem", "tlscert": "…/server-cert.pem", "tlskey": "…/server-key.pem"}`. With `-H` still among the start options Docker does not start: “hosts” would be set twice.',
        },
      ],
    },
    'ci-deploys': {
      title: { de: 'Die CI liefert weiter aus, mit dem, was in `/srv/ci` liegt', en: 'CI still deploys, with what is in `/srv/ci`' },
      points: 35,
      hints: [
        {
          de: 'Die CI-Maschine bekommt eine Kopie von `/srv/ci` und sonst nichts. Was braucht der Befehl docker, um sich auszuweisen, und woher weiß er, wem er traut?',
          en: 'The CI machine gets a copy of `/srv/ci` and nothing else. What does the docker command need to say who it is, and how does it know whom to trust?',
        },
        {
          de: '`DOCKER_TLS_VERIFY=1` und `DOCKER_CERT_PATH=certs` in `/srv/ci/env`, dazu `certs/ca.pem`, `certs/cert.pem` und `certs/key.pem`. Die Namen sind fest.',
          en: '`DOCKER_TLS_VERIFY=1` and `DOCKER_CERT_PATH=certs` in `/srv/ci/env`, and `certs/ca.pem`, `certs/cert.pem` and `certs/key.pem`. The names are fixed.',
        },
        {
          de: 'Die CI verbindet sich mit dem Namen dockerhost, also muss er im Server-Zertifikat stehen: `subjectAltName=DNS:dockerhost` (der CN genügt nicht). Probiere es selbst: `sh /srv/ci/deploy.sh`.',
          en: 'CI connects to the name dockerhost, so the server’s certificate has to hold it: `subjectAltName=DNS:dockerhost` (the CN is not enough). Try it yourself: `sh /srv/ci/deploy.sh`.',
        },
      ],
    },
    'keys-kept': {
      title: { de: 'Jeder Schlüssel liegt nur dort, wo er gebraucht wird', en: 'Each key lies only where it is needed' },
      points: 15,
      hints: [
        {
          de: 'Drei private Schlüssel entstehen: der der Zertifizierungsstelle, der des Servers und der der CI. Wer von ihnen gehört nach `/srv/ci`?',
          en: 'Three private keys come about: the authority’s, the server’s and CI’s. Which of them belongs in `/srv/ci`?',
        },
        {
          de: 'Private Schlüssel liest nur root: `umask 077` vor dem Erzeugen, oder danach `chmod 600`. Und ein Zertifikat für die CI soll nicht auch als Server durchgehen.',
          en: 'Only root reads private keys: `umask 077` before they are made, or `chmod 600` afterwards. And a certificate for CI should not pass for a server as well.',
        },
        {
          de: 'Stelle das Zertifikat der CI mit `-extfile` und diesen zwei Zeilen aus: `extendedKeyUsage=clientAuth` und `basicConstraints=critical,CA:FALSE`. `ca-key.pem` bleibt in `/root/ca`.',
          en: 'Issue CI’s certificate with `-extfile` and these two lines: `extendedKeyUsage=clientAuth` and `basicConstraints=critical,CA:FALSE`. `ca-key.pem` stays in `/root/ca`.',
        },
      ],
    },
    'containers-locked-out': {
      title: { de: 'Auch aus einem Container heraus ist die API nicht zu haben', en: 'The API is not to be had from inside a container either' },
      points: 15,
      hints: [
        {
          de: 'Für den Shop ist der Docker-Host das Gateway: `docker exec shop ip route`. Frag von dort nach der Version.',
          en: 'To the shop, the Docker host is the gateway: `docker exec shop ip route`. Ask for the version from there.',
        },
        {
          de: 'Firewall-Regeln für die Netzwerkkarte nach außen sehen Pakete aus Containern nicht: Die kommen über `docker0`. Verlangt die API ein Zertifikat, ist es gleich, woher jemand fragt.',
          en: 'Firewall rules for the outer network card do not see packets from containers: those come in over `docker0`. When the API demands a certificate, it does not matter where somebody asks from.',
        },
      ],
    },
    'survives-restart': {
      title: { de: 'Nach einem Neustart von Docker ist alles noch so', en: 'After a restart of Docker all of this still holds' },
      points: 15,
      onRequest: true,
      hints: [
        {
          de: 'Diese Prüfung startet Docker neu. Hast du etwas nur von Hand gestartet oder nur zur Laufzeit geändert?',
          en: 'This check restarts Docker. Did you start something by hand only, or change it at run time only?',
        },
        {
          de: 'Prüfe selbst: `systemctl restart docker`, dann `ss -ltnp` und `sh /srv/ci/deploy.sh`. Startet Docker nicht, steht der Grund in `/var/log/docker.log`.',
          en: 'See for yourself: `systemctl restart docker`, then `ss -ltnp` and `sh /srv/ci/deploy.sh`. If Docker does not start, `/var/log/docker.log` says why.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
