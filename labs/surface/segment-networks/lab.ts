import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L2.4',
  title: { de: 'Flaches Netz', en: 'Flat Network' },
  summary: {
    de: '„Die Firewall ist doch an!“ Fünf Dienste an Dockers Standardbrücke, eine Firewall mit einer einzigen Ausnahme, und der Speicher des Ladens steht trotzdem der Welt offen.',
    en: '“But the firewall is on!” Five services on Docker’s default bridge, a firewall with a single exception, and still the shop’s store is open to the world.',
  },
  minutes: 50,
  difficulty: 3,
  needs: [],
  checkLimitSeconds: 60,
  attack: {
    title: {
      de: 'Lies den Schlüssel „flag“ aus kv, obwohl die Firewall alles verwirft',
      en: 'Read the key “flag” from kv although the firewall drops everything',
    },
    points: 30,
    hints: [
      {
        de: 'Auf dem Docker-Host sagt `iptables -L INPUT -v -n`, dass alles verworfen wird. Sieh dann in `docker ps` nach, welche Ports veröffentlicht sind, und probiere sie vom Angreiferrechner aus.',
        en: 'On the Docker host `iptables -L INPUT -v -n` says that everything is dropped. Then look in `docker ps` which ports are published, and try them from the attacker box.',
      },
      {
        de: 'kv spricht ein Zeilenprotokoll auf Port 6379: PING, KEYS, GET, SET.',
        en: 'kv speaks a line protocol on port 6379: PING, KEYS, GET, SET.',
      },
      {
        de: '`printf "GET flag\\n" | nc -N dockerhost 6379`',
        en: '`printf "GET flag\\n" | nc -N dockerhost 6379`',
      },
    ],
  },
  tasks: {
    'outside-closed': {
      title: { de: 'Von außen sind nur shop und blog zu erreichen', en: 'From outside only shop and blog can be reached' },
      points: 20,
      hints: [
        {
          de: 'Durch welche Kette läuft ein Paket, dessen Ziel Docker mit DNAT ändert? Vergleiche die Zähler von INPUT und FORWARD, während du von außen zugreifst.',
          en: 'Which chain does a packet pass whose destination Docker changes by DNAT? Compare the counters of INPUT and FORWARD while you connect from outside.',
        },
        {
          de: 'Was nicht veröffentlicht ist, muss keine Firewall sperren. Brauchen kv und api ein `ports:`, wenn sie mit ihren Nachbarn in einem Netz sind?',
          en: 'What is not published need not be blocked by a firewall. Do kv and api need `ports:` when they share a network with their neighbours?',
        },
        {
          de: 'Streiche in /srv/stack/compose.yaml bei kv und api die `ports`, schreibe bei admin `127.0.0.1:8081:80`, und gib den Diensten gemeinsame Netze statt `network_mode: bridge`. In eigenen Netzen findet Docker sie beim Namen; `extra_hosts` und API_PORT fallen weg.',
          en: 'In /srv/stack/compose.yaml delete `ports` of kv and api, write `127.0.0.1:8081:80` for admin, and give the services common networks instead of `network_mode: bridge`. In networks of your own Docker finds them by name; `extra_hosts` and API_PORT go.',
        },
      ],
    },
    'blog-isolated': {
      title: { de: 'Wer den Blog übernimmt, erreicht weder kv noch api noch admin', en: 'Whoever takes over the blog reaches neither kv nor api nor admin' },
      points: 30,
      hints: [
        {
          de: 'Über http://dockerhost:8082/cgi-bin/preview?cmd=… läuft dein Befehl im Container des Blogs. Wen erreicht `nc` von dort, auch über die Adresse 172.17.0.1?',
          en: 'By http://dockerhost:8082/cgi-bin/preview?cmd=… your command runs in the blog’s container. Whom does `nc` reach from there, by the address 172.17.0.1 as well?',
        },
        {
          de: 'Container in verschiedenen Netzen erreichen einander nicht. Der Blog braucht keinen der anderen, also auch kein gemeinsames Netz mit ihnen.',
          en: 'Containers in different networks do not reach each other. The blog needs none of the others, and so no network in common with them.',
        },
        {
          de: 'Ein Netz nur für blog; `app` für shop und api; `data` für api und kv. shop zusätzlich in einem Netz, aus dem es seinen Port veröffentlicht.',
          en: 'One network for blog alone; `app` for shop and api; `data` for api and kv. shop is also in a network from which it publishes its port.',
        },
      ],
    },
    'kv-no-egress': {
      title: { de: 'kv kommt nicht nach draußen', en: 'kv has no way out' },
      points: 15,
      hints: [
        {
          de: 'Ein Netz ist in beide Richtungen offen: Was Docker hinauslässt, maskiert es sogar. Welche Dienste müssen je selbst eine Verbindung nach draußen öffnen?',
          en: 'A network is open both ways: what goes out Docker even masquerades. Which services ever have to open a connection to the outside themselves?',
        },
        {
          de: 'Docker kennt Netze ohne Weg hinaus: `docker network create --internal data`, in Compose `internal: true`.',
          en: 'Docker knows networks without a way out: `docker network create --internal data`, in Compose `internal: true`.',
        },
        {
          de: 'kv darf dann in keinem weiteren Netz sein. `docker inspect -f "{{json .NetworkSettings.Networks}}" kv | jq keys`.',
          en: 'kv must then be in no other network. `docker inspect -f "{{json .NetworkSettings.Networks}}" kv | jq keys`.',
        },
      ],
    },
    'admin-local': {
      title: { de: 'admin antwortet nur auf dem Docker-Host selbst', en: 'admin answers on the Docker host itself only' },
      points: 15,
      hints: [
        {
          de: '`-p 8081:80` heißt `0.0.0.0:8081`: an jeder Adresse des Hosts.',
          en: '`-p 8081:80` means `0.0.0.0:8081`: at every address of the host.',
        },
        {
          de: 'Vor dem Port darf eine Adresse stehen: `127.0.0.1:8081:80`. Und admin braucht ein Netz für sich, sonst erreichen es seine Nachbarn direkt.',
          en: 'An address may stand before the port: `127.0.0.1:8081:80`. And admin needs a network to itself, or its neighbours reach it directly.',
        },
        {
          de: 'Probe auf dem Docker-Host: `curl http://127.0.0.1:8081/cgi-bin/status` muss antworten, `curl http://dockerhost:8081/` auf dem Angreiferrechner nicht.',
          en: 'Try on the Docker host: `curl http://127.0.0.1:8081/cgi-bin/status` must answer, `curl http://dockerhost:8081/` on the attacker box must not.',
        },
      ],
    },
    'own-networks': {
      title: { de: 'Kein Dienst hängt mehr an der Standardbrücke', en: 'No service is left on the default bridge' },
      points: 15,
      hints: [
        {
          de: '`docker network inspect bridge --format "{{range .Containers}}{{.Name}} {{end}}"` nennt, wer noch daran hängt.',
          en: '`docker network inspect bridge --format "{{range .Containers}}{{.Name}} {{end}}"` tells who is still on it.',
        },
        {
          de: '`network_mode: bridge` in der Compose-Datei ist die Standardbrücke. Ohne diese Zeile legt Compose ein eigenes Netz an, mit `networks:` mehrere.',
          en: '`network_mode: bridge` in the Compose file is the default bridge. Without that line Compose makes a network of its own, with `networks:` several.',
        },
      ],
    },
    'orders-work': {
      title: { de: 'Bestellungen kommen durch, der Blog ist zu lesen', en: 'Orders get through, the blog can be read' },
      points: 15,
      hints: [
        {
          de: '`curl "http://127.0.0.1:8080/cgi-bin/order?item=rope&nonce=1"` sagt, an welcher Stelle es hakt.',
          en: '`curl "http://127.0.0.1:8080/cgi-bin/order?item=rope&nonce=1"` says where it gets stuck.',
        },
        {
          de: 'shop sucht api unter dem Namen `api` auf Port 80 (API_HOST, API_PORT), api sucht kv unter `kv` auf 6379 (KV_HOST, KV_PORT). Die Namen gibt es nur in eigenen Netzen, und nur dort, wo beide sind.',
          en: 'shop looks for api by the name `api` on port 80 (API_HOST, API_PORT), api looks for kv by `kv` on 6379 (KV_HOST, KV_PORT). These names exist only in networks of your own, and only where both are.',
        },
      ],
    },
    'no-side-door': {
      title: {
        de: 'Auch eine Route durch den Docker-Host führt nicht zu kv, api und admin',
        en: 'A route through the Docker host does not lead to kv, api or admin either',
      },
      points: 10,
      bonus: true,
      hints: [
        {
          de: 'Auf dem Angreiferrechner gibt es eine Route für 172.16.0.0/12 über den Docker-Host (`ip route`). Versuche von dort die Adresse des Containers admin, Port 80.',
          en: 'The attacker box has a route for 172.16.0.0/12 by the Docker host (`ip route`). From there try the address of the container admin, port 80.',
        },
        {
          de: 'Wer über einen veröffentlichten Port kommt, trägt im Verbindungsspeicher den Vermerk DNAT. Wer direkt kommt, trägt ihn nicht. Deine eigenen Regeln gehören in die Kette DOCKER-USER.',
          en: 'Who comes by a published port bears the mark DNAT in the connection table. Who comes directly does not. Your own rules belong into the chain DOCKER-USER.',
        },
        {
          de: '`iptables -I DOCKER-USER -i eth0 -m conntrack ! --ctstate DNAT -j DROP`, davor `-i eth0 -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN`; beides in /etc/firewall.sh.',
          en: '`iptables -I DOCKER-USER -i eth0 -m conntrack ! --ctstate DNAT -j DROP`, before it `-i eth0 -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN`; both in /etc/firewall.sh.',
        },
      ],
    },
    'survives-reboot': {
      title: { de: 'Nach einem Neustart ist es noch so', en: 'After a reboot it is still that way' },
      points: 10,
      onRequest: true,
      hints: [
        {
          de: 'Die Prüfung tut, was ein Neustart tut: Sie leert die Regeln, die jemand von Hand gesetzt hat, führt /etc/firewall.sh aus und startet Docker neu.',
          en: 'The check does what a reboot does: it flushes the rules somebody set by hand, runs /etc/firewall.sh and restarts Docker.',
        },
        {
          de: 'Netze und Container merkt sich Docker selbst, wenn sie `restart: unless-stopped` haben. Regeln in DOCKER-USER merkt sich niemand: Schreib sie in /etc/firewall.sh, und zwar so, dass das Skript zweimal laufen kann.',
          en: 'Docker itself remembers networks, and containers that have `restart: unless-stopped`. Nobody remembers rules in DOCKER-USER: write them into /etc/firewall.sh, so that the script can run twice.',
        },
        {
          de: '`iptables -N DOCKER-USER 2>/dev/null || true`, `iptables -F DOCKER-USER`, dann die Regeln. Beim Booten läuft das Skript, bevor Docker die Kette anlegt; Docker lässt stehen, was darin ist.',
          en: '`iptables -N DOCKER-USER 2>/dev/null || true`, `iptables -F DOCKER-USER`, then the rules. At boot the script runs before Docker makes the chain; Docker leaves alone what is in it.',
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
