import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L3.2',
  title: { de: 'Capability-Diät', en: 'Capability Diet' },
  summary: {
    de: 'Ein Proxy für zwei konkurrierende Reedereien hat „ein paar Extra-Rechte, sicher ist sicher“. Eine Zeile im falschen Feld, und die eine liest die Verträge der anderen.',
    en: 'A proxy for two rival shipping companies has “a few extra rights, to be on the safe side”. One line in the wrong field, and one reads the contracts of the other.',
  },
  minutes: 40,
  difficulty: 2,
  needs: [],
  attack: {
    title: { de: 'Lies über die Seite der Betreiber den Vertrag von Bille', en: 'Read Bille’s contract through the operators’ page' },
    points: 30,
    hints: [
      {
        de: 'Die Seite auf Port 8081 baut aus deinem `page` einen Shell-Befehl. Was passiert hinter einem Semikolon?',
        en: 'The page on port 8081 builds a shell command from your `page`. What happens behind a semicolon?',
      },
      {
        de: 'Sieh dich um: `page=alster/; id; ls -lR /t`. Die Ordner der Mieter liegen im Container unter /t.',
        en: 'Look around: `page=alster/; id; ls -lR /t`. In the container the tenants’ folders are below /t.',
      },
      {
        de: "`curl --get --data-urlencode 'page=alster/; cat /t/bille/*' http://dockerhost:8081/cgi-bin/check`",
        en: "`curl --get --data-urlencode 'page=alster/; cat /t/bille/*' http://dockerhost:8081/cgi-bin/check`",
      },
    ],
  },
  tasks: {
    'minimal-capabilities': {
      title: { de: 'Kein Prozess des Proxys hat mehr Capabilities, als er braucht', en: 'No process of the proxy has more capabilities than it needs' },
      points: 30,
      hints: [
        {
          de: '`grep Cap "/proc/$(docker inspect -f {{.State.Pid}} proxy)/status"` zeigt die Mengen als Zahl, `capsh --decode=…` macht Namen daraus.',
          en: '`grep Cap "/proc/$(docker inspect -f {{.State.Pid}} proxy)/status"` shows the sets as numbers, `capsh --decode=…` turns them into names.',
        },
        {
          de: 'Beginne mit `--cap-drop ALL` und sieh in `docker logs proxy`, welcher Aufruf scheitert. Wofür braucht ihn der Proxy, und fiele der Grund weg, wenn er gar nicht erst als root startet?',
          en: 'Begin with `--cap-drop ALL` and see in `docker logs proxy` which call fails. What does the proxy need it for, and would the reason go away if it did not start as root at all?',
        },
        {
          de: '`--user 33:2001 --cap-drop ALL`, ohne --cap-add. Auch die Bounding-Menge (CapBnd) zählt: Sie ist das, woraus ein setuid-Programm schöpfen könnte.',
          en: '`--user 33:2001 --cap-drop ALL`, without --cap-add. The bounding set (CapBnd) counts as well: it is what a setuid program could draw from.',
        },
      ],
    },
    'tenants-apart': {
      title: { de: 'Eingeschleuster Code kommt nicht an die Dateien von Bille', en: 'Injected code does not get at Bille’s files' },
      points: 25,
      hints: [
        {
          de: 'Der Ordner hat die Rechte 700 und gehört 2002. Welche Capability lässt root darüber hinwegsehen?',
          en: 'The folder has mode 700 and belongs to 2002. Which capability lets root overlook that?',
        },
        {
          de: 'Ohne DAC_OVERRIDE bleibt ein zweiter Weg: Wer SETUID hat, wird selbst zu 2002. Wer Anfragen bearbeitet, darf es nicht behalten.',
          en: 'Without DAC_OVERRIDE a second way remains: whoever has SETUID becomes 2002. Whoever handles requests must not keep it.',
        },
        {
          de: 'Starte den ganzen Container mit `--user 33:2001`. Oder lass in /srv/proxy/proxy auch den zweiten httpd mit `-u 33:2001` laufen und baue das Image neu. Die Rechte in /srv/tenants bleiben, wie sie sind.',
          en: 'Start the whole container with `--user 33:2001`. Or let the second httpd in /srv/proxy/proxy run with `-u 33:2001`, too, and rebuild the image. The modes in /srv/tenants stay as they are.',
        },
      ],
    },
    'no-raw-network': {
      title: { de: 'Keine rohen Pakete und keine Netzwerkverwaltung aus dem Container', en: 'No raw packets and no network administration from the container' },
      points: 20,
      hints: [
        {
          de: '`docker exec proxy sysprobe socket-packet socket-raw link-down` zeigt, was geht. Eine der beiden Capabilities dahinter gibt Docker jedem Container, die andere hat jemand ergänzt.',
          en: '`docker exec proxy sysprobe socket-packet socket-raw link-down` shows what works. One of the two capabilities behind it Docker gives to every container, the other was added by somebody.',
        },
        { de: 'NET_RAW und NET_ADMIN müssen weg. `--cap-drop ALL` nimmt beide.', en: 'NET_RAW and NET_ADMIN have to go. `--cap-drop ALL` takes both.' },
      ],
    },
    'no-new-rights': {
      title: { de: 'Kein Programm gewinnt beim Start Rechte hinzu', en: 'No program gains rights when it is started' },
      points: 20,
      hints: [
        {
          de: '`--cap-drop ALL` hält kein setuid-Programm auf: Es wird trotzdem root, nur ohne Capabilities, und root gehören viele Dateien.',
          en: '`--cap-drop ALL` does not stop a setuid program: it becomes root all the same, only without capabilities, and root owns many files.',
        },
        {
          de: 'Es gibt eine Option von `docker run --security-opt` dafür, und denselben Schalter für alle Container in /etc/docker/daemon.json.',
          en: 'There is an option of `docker run --security-opt` for it, and the same switch for all containers in /etc/docker/daemon.json.',
        },
        {
          de: '`--security-opt no-new-privileges`. Prüfe mit `grep NoNewPrivs /proc/…/status`.',
          en: '`--security-opt no-new-privileges`. Check with `grep NoNewPrivs /proc/…/status`.',
        },
      ],
    },
    'service-works': {
      title: {
        de: 'Mieter und Betreiber merken nichts davon, und niemand bedient sie als root',
        en: 'Tenants and operators notice nothing, and nobody serves them as root',
      },
      points: 15,
      hints: [
        {
          de: 'Port 8080 muss die Seiten von Alster liefern, Port 8081 sagen, ob eine Seite da ist. `docker logs proxy` nennt den Grund, wenn etwas fehlt.',
          en: 'Port 8080 must deliver Alster’s pages, port 8081 must say whether a page is there. `docker logs proxy` names the reason when something is missing.',
        },
        {
          de: 'Alsters Ordner ist für die Gruppe 2001 offen. Wer als 33 ohne diese Gruppe läuft, liest dort nichts: `--user 33:2001`.',
          en: 'Alster’s folder is open to group 2001. Whoever runs as 33 without that group reads nothing there: `--user 33:2001`.',
        },
        {
          de: 'Die Ports 80 und 81 brauchen keine Capability: Docker erlaubt sie im Container auch gewöhnlichen Benutzern.',
          en: 'Ports 80 and 81 need no capability: inside a container Docker lets ordinary users open them.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
