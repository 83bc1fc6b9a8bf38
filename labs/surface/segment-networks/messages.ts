import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'open-outside': {
    de: 'Von außen ist mehr offen als shop und blog. Ein veröffentlichter Port läuft nicht durch INPUT: Docker leitet ihn vorher um, und FORWARD entscheidet.',
    en: 'More than shop and blog is open from outside. A published port does not pass through INPUT: Docker redirects it before that, and FORWARD decides.',
  },
  'not-answering': {
    de: 'shop (8080) oder blog (8082) antwortet von außen nicht mehr. Alles zu sperren ist keine Segmentierung.',
    en: 'shop (8080) or blog (8082) no longer answers from outside. Shutting everything is not segmentation.',
  },
  'blog-reaches': {
    de: 'Wer den Blog übernimmt, erreicht noch kv, api, admin oder einen anderen Dienst dahinter, direkt oder über den Host.',
    en: 'Whoever takes over the blog still reaches kv, api, admin or another service behind them, directly or through the host.',
  },
  'kv-egress': {
    de: 'kv kann Verbindungen nach draußen öffnen. Ein Speicher, der nie fragt, braucht keinen Weg hinaus; einem Angreifer dient er zum Abtransport.',
    en: 'kv can open connections to the outside. A store that never asks needs no way out; to an attacker it is the way to carry data off.',
  },
  'admin-reachable': {
    de: 'admin ist noch von außen oder aus blog oder shop zu erreichen. Es soll nur auf dem Docker-Host selbst antworten.',
    en: 'admin can still be reached from outside, or from blog or shop. It should answer on the Docker host itself only.',
  },
  'admin-gone': {
    de: 'Auf dem Docker-Host antwortet http://127.0.0.1:8081 nicht mehr richtig. Die Verwaltung soll benutzbar bleiben, nur eben von dort.',
    en: 'On the Docker host http://127.0.0.1:8081 no longer answers properly. The administration must stay usable, but from there only.',
  },
  'default-bridge': {
    de: 'Ein Dienst hängt noch am Netz „bridge“. Dort sieht jeder Container jeden, auch solche, die jemand nächste Woche startet.',
    en: 'A service is still on the network “bridge”. There every container sees every other, those that somebody starts next week included.',
  },
  'host-network': {
    de: 'Ein Dienst benutzt das Netz des Docker-Hosts. Dann trennt ihn gar nichts mehr.',
    en: 'A service uses the Docker host’s network. Then nothing separates it any more.',
  },
  'orders-broken': {
    de: 'Eine Bestellung kommt nicht mehr durch (shop → api → kv), oder der Blog zeigt seinen Beitrag nicht.',
    en: 'An order no longer gets through (shop → api → kv), or the blog does not show its post.',
  },
  'still-flat': {
    de: 'Noch ist alles mit allem verbunden. Dass dabei alles funktioniert, beweist nichts.',
    en: 'Everything is still connected with everything. That all works that way proves nothing.',
  },
  'side-door': {
    de: 'Wer eine Route durch den Docker-Host setzt, kommt direkt zur Adresse eines Containers. 127.0.0.1 beim Veröffentlichen ändert daran in dieser Docker-Version nichts.',
    en: 'Whoever sets a route through the Docker host gets straight to a container’s address. Publishing on 127.0.0.1 does not change that in this version of Docker.',
  },
  'boot-script': {
    de: '/etc/firewall.sh bricht mit einem Fehler ab. Beim nächsten Boot stünde der Host ohne seine Regeln da.',
    en: '/etc/firewall.sh ends with an error. At the next boot the host would be without its rules.',
  },
  'not-persistent': {
    de: 'Nach einem Neustart ist es wieder offen. Von Hand gesetzte Regeln sind dann weg: Was bleiben soll, gehört in /etc/firewall.sh oder in die Container selbst.',
    en: 'After a reboot it is open again. Rules set by hand are gone then: what is to stay belongs into /etc/firewall.sh or into the containers themselves.',
  },
} as const satisfies Record<string, Text>;
