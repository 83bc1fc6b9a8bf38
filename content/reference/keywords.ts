import type { Lab, Text } from '#lab';
import type { Rule } from '#site/reference/standard.ts';

/** A subject of the course: where it is explained, and in which labs it is done. */
interface Keyword {
  readonly term: Text;
  /** What the section must mention, so that the link does not lead to a page that is silent about it. */
  readonly mentions: Text;
  readonly lesson: Rule['lesson'];
  readonly labs: readonly Lab['label'][];
}

const same = (text: string): Text => ({ de: text, en: text });

/** Everything the text this course grew from names or claims, in its order. */
export const keywords: readonly Keyword[] = [
  { term: { de: 'mehrschichtiger Ansatz', en: 'defence in layers' }, mentions: { de: 'Schicht', en: 'layer' }, lesson: ['introduction', '0.2'], labs: ['CAP'] },
  { term: { de: 'gemeinsamer Kernel', en: 'shared kernel' }, mentions: same('Kernel'), lesson: ['kernel', '1.1'], labs: ['L1.1'] },
  { term: { de: 'Container-Escape durch Fehlkonfiguration', en: 'container escape by misconfiguration' }, mentions: same('--privileged'), lesson: ['kernel', '1.3'], labs: ['L1.2'] },
  { term: { de: 'Container-Escape durch Lücken', en: 'container escape by bugs' }, mentions: same('CVE-'), lesson: ['kernel', '1.4'], labs: ['L4.3'] },
  { term: { de: 'Namespace: Prozess (pid)', en: 'namespace: process (pid)' }, mentions: same('pid'), lesson: ['kernel', '1.2'], labs: ['L1.1', 'L1.2'] },
  { term: { de: 'Namespace: Netzwerk', en: 'namespace: network' }, mentions: same('net'), lesson: ['kernel', '1.2'], labs: ['L1.1', 'L2.4'] },
  { term: same('Namespace: IPC'), mentions: same('ipc'), lesson: ['kernel', '1.2'], labs: ['L1.1'] },
  { term: same('Namespace: Mount'), mentions: same('mnt'), lesson: ['kernel', '1.2'], labs: ['L1.1', 'L1.2', 'L3.4'] },
  { term: same('Namespace: UTS'), mentions: same('uts'), lesson: ['kernel', '1.2'], labs: ['L1.1'] },
  { term: { de: 'Namespace: Benutzer (user)', en: 'namespace: user' }, mentions: same('user'), lesson: ['kernel', '1.2'], labs: ['L1.3'] },
  { term: same('userns-remap'), mentions: same('userns-remap'), lesson: ['kernel', '1.5'], labs: ['L1.3'] },
  { term: same('cgroups'), mentions: same('cgroup'), lesson: ['kernel', '1.6'], labs: ['L2.5'] },
  { term: { de: 'Host-Kernel minimal, gehärtet, aktuell', en: 'host kernel minimal, hardened, current' }, mentions: { de: 'Dienst', en: 'service' }, lesson: ['kernel', '1.7'], labs: ['L1.4', 'L1.5', 'L4.3'] },
  { term: same('Bottlerocket'), mentions: same('Bottlerocket'), lesson: ['kernel', '1.8'], labs: ['L1.5'] },
  { term: same('Fedora CoreOS'), mentions: same('Fedora CoreOS'), lesson: ['kernel', '1.8'], labs: ['L1.5'] },
  { term: { de: 'Docker-Daemon mit Root-Rechten', en: 'Docker daemon with root’s rights' }, mentions: same('root'), lesson: ['surface', '2.1'], labs: ['L2.1', 'L1.4', 'L3.4'] },
  { term: { de: 'Images: Malware', en: 'images: malware' }, mentions: { de: 'Registry', en: 'registry' }, lesson: ['surface', '2.2'], labs: ['L2.2'] },
  { term: { de: 'Images: Schwachstellen', en: 'images: vulnerabilities' }, mentions: { de: 'Schwachstelle', en: 'vulnerabilit' }, lesson: ['surface', '2.3'], labs: ['L4.1', 'L4.4'] },
  { term: { de: 'Images: Geheimnisse in Layern', en: 'images: secrets in layers' }, mentions: { de: 'Layer', en: 'layer' }, lesson: ['surface', '2.4'], labs: ['L2.3'] },
  { term: { de: 'offizielle Repositories', en: 'official repositories' }, mentions: { de: 'offiziell', en: 'official' }, lesson: ['surface', '2.2'], labs: ['L2.2'] },
  { term: same('Trivy'), mentions: same('Trivy'), lesson: ['surface', '2.3'], labs: ['L2.3', 'L4.1', 'L4.2', 'L4.4', 'L4.5'] },
  { term: same('Clair'), mentions: same('Clair'), lesson: ['surface', '2.3'], labs: ['L4.4'] },
  { term: same('Docker Scout'), mentions: same('Scout'), lesson: ['surface', '2.3'], labs: ['L4.4'] },
  { term: { de: 'offene Container-Ports', en: 'open container ports' }, mentions: { de: 'Port', en: 'port' }, lesson: ['surface', '2.5'], labs: ['L2.4'] },
  { term: { de: 'Firewalls', en: 'firewalls' }, mentions: same('DOCKER-USER'), lesson: ['surface', '2.5'], labs: ['L2.4'] },
  { term: { de: 'eigene Bridges', en: 'bridges of one’s own' }, mentions: same('--internal'), lesson: ['surface', '2.5'], labs: ['L2.4'] },
  { term: { de: 'Ressourcenmissbrauch: Speicher, `--memory`', en: 'resource abuse: memory, `--memory`' }, mentions: same('--memory'), lesson: ['surface', '2.6'], labs: ['L2.5'] },
  { term: { de: 'Ressourcenmissbrauch: CPU, `--cpus`', en: 'resource abuse: CPU, `--cpus`' }, mentions: same('--cpus'), lesson: ['surface', '2.6'], labs: ['L2.5'] },
  { term: { de: 'Ressourcenmissbrauch: Festplatte', en: 'resource abuse: disk' }, mentions: { de: 'Platte', en: 'disk' }, lesson: ['surface', '2.6'], labs: ['L2.5'] },
  { term: { de: 'minimale Rechte', en: 'least privilege' }, mentions: { de: 'Rechte', en: 'right' }, lesson: ['privilege', '3.1'], labs: ['L3.1', 'L3.2', 'L3.3', 'L3.4', 'L3.5'] },
  { term: { de: 'nicht als root, `USER`', en: 'not as root, `USER`' }, mentions: same('USER'), lesson: ['privilege', '3.2'], labs: ['L3.1'] },
  { term: same('`FROM node:18-alpine`'), mentions: same('node:18-alpine'), lesson: ['privilege', '3.2'], labs: ['L3.1', 'L4.5'] },
  { term: same('`--cap-drop`'), mentions: same('--cap-drop'), lesson: ['privilege', '3.3'], labs: ['L3.2'] },
  { term: same('seccomp'), mentions: same('seccomp'), lesson: ['privilege', '3.4'], labs: ['L3.3'] },
  { term: same('AppArmor'), mentions: same('AppArmor'), lesson: ['privilege', '3.5'], labs: ['L3.5'] },
  { term: same('SELinux'), mentions: same('SELinux'), lesson: ['privilege', '3.5'], labs: ['L3.5'] },
  { term: { de: 'kein Mount von `/var/run/docker.sock`', en: 'no mount of `/var/run/docker.sock`' }, mentions: same('docker.sock'), lesson: ['privilege', '3.6'], labs: ['L3.4'] },
  { term: { de: 'kein Mount von `/etc`', en: 'no mount of `/etc`' }, mentions: same('/etc'), lesson: ['privilege', '3.6'], labs: ['L3.4'] },
  { term: { de: 'kein Mount von `/proc`', en: 'no mount of `/proc`' }, mentions: same('/proc'), lesson: ['privilege', '3.6'], labs: ['L3.4'] },
  { term: { de: 'Pakete veralten', en: 'packages age' }, mentions: { de: 'Paket', en: 'package' }, lesson: ['patches', '4.1'], labs: ['L4.1', 'L4.5'] },
  { term: { de: 'regelmäßig neu bauen', en: 'rebuild regularly' }, mentions: same('--pull'), lesson: ['patches', '4.1'], labs: ['L4.1'] },
  { term: same('alpine'), mentions: { de: 'alpine', en: 'alpine' }, lesson: ['patches', '4.2'], labs: ['L4.2'] },
  { term: same('distroless'), mentions: { de: 'distroless', en: 'distroless' }, lesson: ['patches', '4.2'], labs: ['L4.2'] },
  { term: { de: 'Images versionieren', en: 'versioned images' }, mentions: { de: 'Digest', en: 'digest' }, lesson: ['patches', '4.3'], labs: ['L4.1', 'L2.2', 'L4.5'] },
  { term: { de: 'Docker Engine, CLI und Host-OS aktuell', en: 'Docker Engine, CLI and host system current' }, mentions: same('runc'), lesson: ['patches', '4.4'], labs: ['L4.3'] },
  { term: { de: 'Scannen und Patchen in CI/CD', en: 'scanning and patching in CI/CD' }, mentions: same('--exit-code'), lesson: ['patches', '4.5'], labs: ['L4.4', 'L4.5'] },
  { term: { de: 'Updates erzwingen', en: 'enforced updates' }, mentions: same('Renovate'), lesson: ['patches', '4.6'], labs: ['L4.5', 'L4.3'] },
  { term: { de: 'CVEs der Basis-Images überwachen', en: 'watching base images for CVEs' }, mentions: same('CVE'), lesson: ['patches', '4.6'], labs: ['L4.5'] },
  { term: { de: 'Scannen beim Bauen und Ausrollen', en: 'scanning at build and deployment' }, mentions: { de: 'Pipeline', en: 'pipeline' }, lesson: ['patches', '4.5'], labs: ['L4.4', 'L2.2', 'L4.5'] },
  { term: { de: 'die vier Punkte des Fazits', en: 'the four points of the conclusion' }, mentions: { de: 'Angriffsfläche', en: 'attack surface' }, lesson: ['conclusion', '5.1'], labs: ['CAP'] },
  { term: { de: 'kontinuierliche Überwachung', en: 'continuous monitoring' }, mentions: { de: 'Überwachung', en: 'onitor' }, lesson: ['conclusion', '5.2'], labs: ['L4.5'] },
];
