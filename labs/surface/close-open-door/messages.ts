import type { Text } from '#lab';

/** What the checks say when a task is not done yet. */
export const messages = {
  'shop-broken': {
    de: 'Der Shop auf Port 8080 antwortet nicht mehr wie vorher. Wer die Tür schließt, soll den Laden nicht mit abschließen.',
    en: 'The shop on port 8080 no longer answers as it did. Closing the door must not close the shop.',
  },
  'door-open': {
    de: 'Die API bedient jemanden, der den Schlüssel der CI nicht hat. Der Beleg nennt Port, Netz und Verkleidung.',
    en: 'The API serves somebody who does not have CI’s key. The evidence names port, network and disguise.',
  },
  'door-hidden': {
    de: 'Auf dem Docker-Host lauscht noch etwas, das nicht einmal vom Host aus eine Verbindung annimmt. Eine Firewall-Regel davor ist schnell vergessen: Lass den Dienst dort gar nicht erst lauschen.',
    en: 'Something still listens on the Docker host that takes no connection even from the host itself. A firewall rule in front of it is soon forgotten: do not let it listen there in the first place.',
  },
  'ci-unclear': {
    de: '/srv/ci/env sagt nicht verständlich, wie die CI Docker erreicht. Erwartet wird DOCKER_HOST mit tcp://dockerhost:PORT oder unix://…, und die Dateien müssen unter /srv/ci liegen.',
    en: '/srv/ci/env does not say clearly how CI reaches Docker. Expected is DOCKER_HOST with tcp://dockerhost:PORT or unix://…, and the files must lie below /srv/ci.',
  },
  'ci-unencrypted': {
    de: 'Die CI spricht unverschlüsselt mit Docker oder prüft nicht, wer am anderen Ende ist. Setze in /srv/ci/env auch DOCKER_TLS_VERIFY=1 und DOCKER_CERT_PATH.',
    en: 'CI speaks to Docker in the clear, or does not check who is at the other end. In /srv/ci/env, set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH as well.',
  },
  'ci-files-missing': {
    de: 'In dem Ordner aus DOCKER_CERT_PATH fehlt eine Datei. Der Befehl docker erwartet dort genau diese Namen: ca.pem, cert.pem und key.pem.',
    en: 'A file is missing in the folder that DOCKER_CERT_PATH names. The docker command expects exactly these names there: ca.pem, cert.pem and key.pem.',
  },
  'ci-refused': {
    de: 'Mit den Dateien aus /srv/ci kommt die CI nicht hinein. Der Beleg sagt, woran es liegt: am Port, am Namen im Server-Zertifikat (subjectAltName) oder daran, dass eine Seite das Zertifikat der anderen nicht anerkennt.',
    en: 'With the files in /srv/ci, CI does not get in. The evidence says why: the port, the name in the server’s certificate (subjectAltName), or one side not accepting the other’s certificate.',
  },
  'ci-elsewhere': {
    de: 'Die Auslieferung wurde bestätigt, aber auf diesem Docker-Host ist kein Container entstanden.',
    en: 'The deployment was confirmed, but no container came about on this Docker host.',
  },
  'ci-user': {
    de: 'Laut /srv/ci/env läuft die CI auf dem Docker-Host selbst. Dann muss der Benutzer deploy, der nicht root ist, Container starten dürfen.',
    en: 'According to /srv/ci/env, CI runs on the Docker host itself. Then the user deploy, who is not root, must be able to start containers.',
  },
  'no-certificates': {
    de: 'Es gibt noch keine Zertifikate, mit denen sich die CI ausweist. Zuerst brauchst du eine Zertifizierungsstelle, dann je ein Zertifikat für Server und CI.',
    en: 'There are no certificates yet for CI to show. First you need a certificate authority, then a certificate each for the server and for CI.',
  },
  'certificate-unreadable': {
    de: 'cert.pem und key.pem der CI lassen sich nicht lesen oder gehören nicht zusammen.',
    en: 'CI’s cert.pem and key.pem cannot be read or do not belong together.',
  },
  'certificate-too-much': {
    de: 'Das Zertifikat der CI darf mehr als nötig: sich als Server ausgeben oder selbst Zertifikate ausstellen. Beschränke es mit extendedKeyUsage=clientAuth auf Clients und stelle es nicht mit CA:TRUE aus.',
    en: 'CI’s certificate may do more than it needs: pose as a server, or issue certificates. Limit it to clients with extendedKeyUsage=clientAuth, and do not issue it with CA:TRUE.',
  },
  'foreign-key-in-ci': {
    de: 'In /srv/ci liegt ein privater Schlüssel, der nicht der der CI ist. Der Ordner wird auf eine andere Maschine kopiert: Mit dem Schlüssel der Zertifizierungsstelle könnte dort jeder neue Zugänge ausstellen, mit dem des Servers sich als Docker-Host ausgeben.',
    en: 'In /srv/ci there is a private key that is not CI’s. The folder is copied to another machine: with the authority’s key anybody there could issue new entries, with the server’s key pose as the Docker host.',
  },
  'server-key-unknown': {
    de: 'Der private Schlüssel des Servers liegt an keinem üblichen Ort (/etc/docker, /root, /srv, …), darum lässt sich nicht prüfen, wer ihn lesen darf.',
    en: 'The server’s private key is in none of the usual places (/etc/docker, /root, /srv, …), so it cannot be checked who may read it.',
  },
  'key-readable': {
    de: 'Ein privater Schlüssel kann von anderen gelesen werden. Wer ihn liest, ist von da an Server, Zertifizierungsstelle oder CI. Setze den Modus 0600 oder 0400 und den Besitzer root.',
    en: 'A private key can be read by others. Whoever reads it is the server, the authority or CI from then on. Set mode 0600 or 0400 and the owner root.',
  },
  'socket-in-shop': {
    de: 'Im Shop ist der Docker-Socket eingehängt. Das ist dieselbe offene Tür, nur ohne Port.',
    en: 'The Docker socket is mounted into the shop. That is the same open door, only without a port.',
  },
  'open-to-containers': {
    de: 'Code im Shop erreicht die API und konnte einen Container anlegen. Für Container ist der Host das Gateway: Eine Regel auf der Netzwerkkarte nach außen hilft hier nicht.',
    en: 'Code in the shop reaches the API and could create a container. For containers the host is the gateway: a rule on the outer network card does not help here.',
  },
  'open-after-restart': {
    de: 'Nach einem Neustart von Docker steht die Tür wieder offen. Was laufen soll, muss in /etc/default/docker oder /etc/docker/daemon.json stehen.',
    en: 'After a restart of Docker the door is open again. What is to run must be in /etc/default/docker or /etc/docker/daemon.json.',
  },
} as const satisfies Record<string, Text>;
