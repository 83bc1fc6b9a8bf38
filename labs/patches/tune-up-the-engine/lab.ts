import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L4.3',
  title: { de: 'Motorwechsel', en: 'Engine Tune-up' },
  summary: {
    de: 'Für runc 1.1 veröffentlicht das Projekt keine Korrekturen mehr, und an diesen Docker-Host traut sich niemand heran: Als Docker zuletzt neu startete, stand der Laden still. Tausche die Laufzeit im laufenden Betrieb, und sorge dafür, dass das nächste Update von allein kommt.',
    en: 'The project publishes no more fixes for runc 1.1, and nobody dares to touch this Docker host: when Docker was last restarted, the shop stood still. Replace the runtime while the shop is open, and see to it that the next update comes by itself.',
  },
  minutes: 45,
  difficulty: 3,
  needs: [],
  checkLimitSeconds: 90,
  attack: {
    title: { de: 'Lege den Laden lahm, mit einem Klick auf der Wartungsseite', en: 'Take the shop down with one click on the maintenance page' },
    points: 20,
    hints: [
      {
        de: 'Die Wartungsseite antwortet auf einem Port zwischen 9100 und 9199, und sie fragt niemanden nach einem Passwort.',
        en: 'The maintenance page answers on a port between 9100 and 9199, and it asks nobody for a password.',
      },
      {
        de: '`nc -zv dockerhost 9100-9199` nennt den Port, `curl http://dockerhost:PORT/` zeigt die Seite.',
        en: '`nc -zv dockerhost 9100-9199` names the port, `curl http://dockerhost:PORT/` shows the page.',
      },
      {
        de: '`curl http://dockerhost:PORT/cgi-bin/night`. Die Nummer des Vorfalls ist die Flag.',
        en: '`curl http://dockerhost:PORT/cgi-bin/night`. The incident’s number is the flag.',
      },
    ],
  },
  tasks: {
    runtime: {
      title: { de: 'Neue Container startet das runc aus dem Repository', en: 'New containers are started by the runc from the repository' },
      points: 30,
      hints: [
        {
          de: 'runc läuft nur, während ein Container startet oder ein Befehl hineingeht. Es lässt sich tauschen, ohne dass Docker oder ein Container neu startet. Installiere es als Paket, sonst kennt dpkg es nicht.',
          en: 'runc runs only while a container starts or a command goes in. It can be replaced without a restart of Docker or of any container. Install it as a package, or else dpkg does not know it.',
        },
        {
          de: 'In `/srv/apt` liegt ein Repository mit allem, was apt braucht: `Packages`, das signierte `InRelease` und der Schlüssel `lab.asc`. Trage es als Quelle ein (nächste Aufgabe).',
          en: 'In `/srv/apt` there is a repository with all that apt needs: `Packages`, the signed `InRelease` and the key `lab.asc`. Add it as a source (next task).',
        },
        {
          de: '`apt-get update; apt-get install runc`, danach `docker info --format "{{.RuncCommit.ID}}"; runc --version`.',
          en: '`apt-get update; apt-get install runc`, then `docker info --format "{{.RuncCommit.ID}}"; runc --version`.',
        },
      ],
    },
    'trusted-source': {
      title: { de: 'apt nimmt nur, was dieses Archiv signiert hat', en: 'apt takes only what this archive has signed' },
      points: 20,
      hints: [
        {
          de: 'Der Schlüssel soll für diese eine Quelle bürgen und für keine andere. Dafür gibt es die Angabe `signed-by`. `trusted=yes` schaltet die Prüfung ab.',
          en: 'The key is to vouch for this one source and no other. That is what `signed-by` is for. `trusted=yes` turns the check off.',
        },
        {
          de: 'Lege den Schlüssel nach `/etc/apt/keyrings/`, wo ihn nur root ändert, und nenne diesen Pfad bei der Quelle. Die Pakete liegen direkt im Verzeichnis, deshalb steht statt einer Suite `./`.',
          en: 'Put the key into `/etc/apt/keyrings/`, where only root changes it, and name that path at the source. The packages lie right in the folder, so `./` stands where a suite would.',
        },
        {
          de: '`mkdir -p /etc/apt/keyrings; cp /srv/apt/lab.asc /etc/apt/keyrings/`, dann `echo "deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./" > /etc/apt/sources.list.d/lab.list`.',
          en: '`mkdir -p /etc/apt/keyrings; cp /srv/apt/lab.asc /etc/apt/keyrings/`, then `echo "deb [signed-by=/etc/apt/keyrings/lab.asc] file:/srv/apt ./" > /etc/apt/sources.list.d/lab.list`.',
        },
      ],
    },
    shop: {
      title: { de: 'Nach dem Wechsel ist der Laden offen, vollständig und bedienbar', en: 'After the change the shop is open, complete and manageable' },
      points: 15,
      hints: [
        {
          de: 'Ein Container, den noch das alte runc gestartet hat, läuft einfach weiter. `docker exec shop …` benutzt schon das neue. Erst wenn runc getauscht ist, zählt diese Aufgabe.',
          en: 'A container that was started by the old runc simply goes on. `docker exec shop …` already uses the new one. This task counts once runc has been replaced.',
        },
        {
          de: 'Fehlt der Container, startet ihn `/srv/shop/run.sh`. Die Bestellungen liegen im Volume `orders`, lösche es nicht.',
          en: 'If the container is gone, `/srv/shop/run.sh` starts it. The orders are in the volume `orders`, do not delete it.',
        },
        {
          de: '`docker exec shop ls /data/notes` muss die drei Bestellungen zeigen.',
          en: '`docker exec shop ls /data/notes` must show the three orders.',
        },
      ],
    },
    'live-restore': {
      title: { de: 'Docker startet neu, und der Laden merkt nichts', en: 'Docker restarts, and the shop does not notice' },
      points: 30,
      onRequest: true,
      hints: [
        {
          de: 'Die Prüfung startet Docker neu, deshalb läuft sie nur auf Knopfdruck. Gesucht ist eine Einstellung des Daemons. Lektion 4.4 nennt sie.',
          en: 'The check restarts Docker, so it runs only when you press the button. You are looking for a setting of the daemon. Lesson 4.4 names it.',
        },
        {
          de: 'Sie heißt `live-restore` und gehört in `/etc/docker/daemon.json`. Aktiv wird sie durch `systemctl reload docker`, ganz ohne Neustart. `docker info` zeigt es.',
          en: 'It is called `live-restore` and belongs into `/etc/docker/daemon.json`. `systemctl reload docker` makes it active without any restart. `docker info` shows it.',
        },
        {
          de: '`echo \'{ "live-restore": true }\' > /etc/docker/daemon.json; systemctl reload docker`',
          en: '`echo \'{ "live-restore": true }\' > /etc/docker/daemon.json; systemctl reload docker`',
        },
      ],
    },
    automatic: {
      title: {
        de: 'Die nächste Fassung von runc kommt von allein, im laufenden Betrieb',
        en: 'The next edition of runc comes by itself, while the shop is open',
      },
      points: 25,
      onRequest: true,
      hints: [
        {
          de: 'Die Prüfung legt eine neuere Fassung ins Repository, führt `run-parts /etc/cron.daily` aus und stellt danach alles zurück. In diesem Verzeichnis liegt schon der Auftrag von apt, er hat nur nichts zu tun. `unattended-upgrades` ist installiert.',
          en: 'The check puts a newer edition into the repository, runs `run-parts /etc/cron.daily`, and sets all back afterwards. The job of apt is already in that folder, it just has nothing to do. `unattended-upgrades` is installed.',
        },
        {
          de: 'Zwei Einstellungen schalten es ein (`APT::Periodic::…`), und eine dritte sagt, aus welchen Quellen es ungefragt installiert. Voreingestellt ist nur Debian selbst; wie dieses Archiv heißt, steht in `/srv/apt/Release`.',
          en: 'Two settings turn it on (`APT::Periodic::…`), and a third says from which sources it installs unasked. The default is Debian alone; what this archive is called is in `/srv/apt/Release`.',
        },
        {
          de: 'In `/etc/apt/apt.conf.d/20auto-upgrades`: `APT::Periodic::Update-Package-Lists "1";` und `APT::Periodic::Unattended-Upgrade "1";`. In `/etc/apt/apt.conf.d/52kontor`: `Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };`. Probe: `unattended-upgrade --dry-run --debug`.',
          en: 'In `/etc/apt/apt.conf.d/20auto-upgrades`: `APT::Periodic::Update-Package-Lists "1";` and `APT::Periodic::Unattended-Upgrade "1";`. In `/etc/apt/apt.conf.d/52kontor`: `Unattended-Upgrade::Origins-Pattern { "origin=Kontor,codename=engine"; };`. Try it: `unattended-upgrade --dry-run --debug`.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
