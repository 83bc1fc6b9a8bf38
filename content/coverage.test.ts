import { expect, test } from 'vitest';
import { readTopic } from './lesson-text.ts';

type Topic = 'introduction' | 'kernel' | 'surface' | 'privilege' | 'patches' | 'conclusion';
/** What the text must show: the same words in both languages, or a pair where the languages differ. */
type Words = string | RegExp | { readonly de: RegExp; readonly en: RegExp };

/** Every claim, command, tool and system of the reference text that the course grew from, and the lesson that carries it. */
const items: readonly (readonly [topic: Topic, item: string, words: Words])[] = [
  ['introduction', 'Docker changed how software is packaged and shipped', { de: /verpacken, verteilen und betreiben/, en: /package, ship and run/ }],
  ['introduction', 'shared kernel makes mistakes expensive', { de: /Kernel des Hosts teilen/, en: /share the host's kernel/ }],
  [
    'introduction',
    'layered approach: host, configuration, monitoring',
    { de: /Schichten: .*Host.*Container.*Überwachung/, en: /layers: .*host.*containers.*monitoring/ },
  ],

  ['kernel', 'no kernel of its own', { de: /Kein eigener Kernel/, en: /No kernel of its own/ }],
  ['kernel', 'comparison with virtual machines', { de: /virtuelle Maschine/, en: /virtual machine/ }],
  ['kernel', 'container escape through a bug or a namespace', { de: /Container-Escape/, en: /container escape/i }],
  ['kernel', 'pid namespace', { de: /\| pid \(Prozesse\)/, en: /\| pid \(processes\)/ }],
  ['kernel', 'net namespace', { de: /\| net \(Netzwerk\)/, en: /\| net \(network\)/ }],
  ['kernel', 'ipc namespace', /^\| ipc /m],
  ['kernel', 'mnt namespace', /^\| mnt \(mount\)/im],
  ['kernel', 'uts namespace', /^\| uts /m],
  ['kernel', 'user namespace, not on by default', { de: /User-Namespace legt Docker nicht an/, en: /creates no user namespace/ }],
  ['kernel', 'cgroups control resources', { de: /cgroups.*\n.*Ressourcenkontrolle|Cgroups.*Ressourcenkontrolle/, en: /Cgroups are in charge of resources/ }],
  ['kernel', 'host kernel minimal, hardened, current', { de: /klein, gehärtet und aktuell/, en: /small, hardened and up to date/ }],
  ['kernel', 'Bottlerocket, Docker only in ECS variants', /Bottlerocket.*ECS/s],
  ['kernel', 'Fedora CoreOS', 'Fedora CoreOS'],

  ['surface', 'the daemon runs as root', { de: /Docker-Daemon läuft als root/, en: /Docker daemon runs as root/ }],
  [
    'surface',
    'images: vulnerabilities, malware, misconfiguration',
    { de: /Schwachstellen, Schadcode und Fehlkonfigurationen/, en: /vulnerabilities, malware and misconfiguration/ },
  ],
  ['surface', 'open ports', { de: /Offene Container-Ports/, en: /Open container ports/ }],
  ['surface', 'resource abuse is a denial of service', { de: /CPU, Speicher und Platte.*Denial-of-Service/, en: /CPU, memory and disk.*denial of service/ }],
  ['surface', 'trusted images, official repositories', { de: /offiziellen Repositories/, en: /official repositories/ }],
  ['surface', 'official is not verified', { de: /„Offiziell“ heißt/, en: /“official” means/ }],
  ['surface', 'Docker Content Trust ends', { de: /8\. Dezember 2026/, en: /8 December 2026/ }],
  ['surface', 'Trivy', /trivy image/],
  ['surface', 'Clair', 'Clair'],
  ['surface', 'Docker Scout', 'Docker Scout'],
  ['surface', 'firewalls', /DOCKER-USER/],
  ['surface', 'published ports bypass INPUT', { de: /umgehen `INPUT`/, en: /bypass `INPUT`/ }],
  ['surface', 'bridges of one’s own', { de: /eigenen Bridges/, en: /bridges of your own/ }],
  ['surface', '--memory, and swap', /--memory-swap/],
  ['surface', '--cpus', /`--cpus/],
  ['surface', 'disk has no simple option', /--storage-opt size=/],

  ['privilege', 'the principle', { de: /Minimale Rechtevergabe/, en: /Least privilege means/ }],
  ['privilege', 'not as root', { de: /nicht als root/, en: /not run containers as root/ }],
  ['privilege', 'USER, an instruction', { de: /`USER` heißt offiziell \*Anweisung\*/, en: /`USER` is \*instruction\*/ }],
  ['privilege', 'the example Dockerfile', 'FROM node:18-alpine\nRUN addgroup -S appgroup && adduser -S appuser -G appgroup\nUSER appuser\n'],
  ['privilege', 'node 18 is no longer maintained', { de: /Node 18 .*30\. April 2025/, en: /Node 18 .*30 April 2025/ }],
  ['privilege', '--cap-drop', /`--cap-drop`/],
  ['privilege', 'AppArmor', 'AppArmor'],
  ['privilege', 'SELinux', 'SELinux'],
  ['privilege', 'seccomp', 'seccomp'],
  ['privilege', 'only seccomp filters system calls', { de: /Nur seccomp filtert Systemaufrufe/, en: /Only seccomp filters system calls/ }],
  ['privilege', 'docker.sock, also read-only', /docker\.sock`\*\*.*:ro/],
  ['privilege', '/etc', /\*\*`\/etc`\*\*/],
  ['privilege', '/proc', /\*\*`\/proc`\*\*/],

  ['patches', 'packages and libraries become vulnerable', { de: /Betriebssystempakete und Bibliotheken/, en: /operating-system packages and libraries/ }],
  ['patches', 'rebuild regularly', { de: /regelmäßig neu/, en: /rebuild your images regularly/ }],
  ['patches', 'alpine', '`alpine`'],
  ['patches', 'distroless', '`distroless`'],
  ['patches', 'engine, CLI and host current', { de: /Docker-Daemon, CLI und das Betriebssystem/, en: /Docker daemon, the CLI and the operating system/ }],
  ['patches', 'scanning in CI/CD', /CI\/CD/],
  ['patches', 'automatic, in build and deployment', { de: /Build- und Deployment-Prozesse/, en: /build and deployment processes/ }],
  ['patches', 'versions', { de: /Gib Images Versionen/, en: /Give images versions/ }],
  ['patches', 'enforced updates', { de: /Updates erzwingen/, en: /Enforcing updates/ }],
  [
    'patches',
    'CVEs of base images',
    { de: /CVEs \(Common Vulnerabilities and Exposures\) deiner Basis-Images/, en: /CVEs \(Common Vulnerabilities and Exposures\) of your base images/ },
  ],

  ['conclusion', 'no single measure', { de: /keine einzelne Einstellung/, en: /no single setting/ }],
  ['conclusion', '1 shared kernel', { de: /^1\. \*\*\[Shared-Kernel-Modell\]/m, en: /^1\. \*\*\[Shared-kernel model\]/m }],
  ['conclusion', '2 attack surface', { de: /^2\. \*\*\[Angriffsfläche\]/m, en: /^2\. \*\*\[Attack surface\]/m }],
  ['conclusion', '3 least privilege', { de: /^3\. \*\*\[Minimale Rechte\]/m, en: /^3\. \*\*\[Least privilege\]/m }],
  ['conclusion', '4 updates and patches', { de: /^4\. \*\*\[Updates und Patches\]/m, en: /^4\. \*\*\[Updates and patching\]/m }],
  ['conclusion', 'continuous monitoring', { de: /## 5\.2 Überwachung/, en: /## 5\.2 Monitoring/ }],
  ['conclusion', 'what the course does not check', { de: /Was dieser Kurs nicht prüft/, en: /What this course does not check/ }],
];

test.each(items)('%s carries: %s', (topic, _item, words) => {
  for (const language of ['de', 'en'] as const) {
    const wanted = typeof words === 'object' && 'de' in words ? words[language] : words;
    expect(readTopic(language, topic)).toMatch(wanted);
  }
});

/** Labs of the curriculum that each topic leads to. */
test.each([
  ['kernel', 1],
  ['surface', 2],
  ['privilege', 3],
  ['patches', 4],
] as const)('%s links its five labs', (topic, number) => {
  const text = readTopic('de', topic);
  for (const lab of [1, 2, 3, 4, 5]) expect(text).toContain(`<LabCard label="L${number}.${lab}" />`);
});
