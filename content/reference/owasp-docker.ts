import type { Standard } from '#site/reference/standard.ts';

export const owaspDocker: Standard = {
  name: 'OWASP Docker Security Cheat Sheet',
  version: '2026-08-17',
  url: 'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html',
  rules: [
    { id: '#0', asks: { de: 'Host und Docker aktuell halten', en: 'Keep host and Docker up to date' }, lesson: ['patches', '4.4'], labs: ['L4.3'] },
    { id: '#1', asks: { de: 'Den Socket des Daemons nicht herausgeben', en: 'Do not hand out the daemon’s socket' }, lesson: ['surface', '2.1'], labs: ['L2.1', 'L3.4', 'L1.4'] },
    { id: '#2', asks: { de: 'Einen Benutzer setzen', en: 'Set a user' }, lesson: ['privilege', '3.2'], labs: ['L3.1', 'L1.3'] },
    { id: '#3', asks: { de: 'Capabilities begrenzen', en: 'Limit capabilities' }, lesson: ['privilege', '3.3'], labs: ['L3.2'] },
    { id: '#4', asks: { de: 'Keine Rechte hinzugewinnen lassen', en: 'Let nobody gain privileges' }, lesson: ['privilege', '3.3'], labs: ['L3.2'] },
    { id: '#5', asks: { de: 'Verkehr zwischen Containern', en: 'Traffic between containers' }, lesson: ['surface', '2.5'], labs: ['L2.4'] },
    { id: '#6', asks: { de: 'seccomp, AppArmor, SELinux', en: 'Seccomp, AppArmor, SELinux' }, lesson: ['privilege', '3.4'], labs: ['L3.3', 'L3.5'] },
    { id: '#7', asks: { de: 'Ressourcen begrenzen', en: 'Limit resources' }, lesson: ['surface', '2.6'], labs: ['L2.5'] },
    { id: '#8', asks: { de: 'Dateisystem und Volumes nur lesbar', en: 'Read-only file system and volumes' }, lesson: ['privilege', '3.7'], labs: ['L2.5', 'CAP'] },
    { id: '#9', asks: { de: 'Scannen in CI/CD', en: 'Scan in CI/CD' }, lesson: ['patches', '4.5'], labs: ['L4.4'] },
    { id: '#10', asks: { de: '`log-level` auf `info`', en: '`log-level` at `info`' }, lesson: ['kernel', '1.7'], labs: ['L1.4'] },
    { id: '#11', asks: { de: 'Docker ohne root', en: 'Docker without root' }, lesson: ['kernel', '1.5'], labs: [] },
    { id: '#12', asks: { de: 'Docker Secrets', en: 'Docker secrets' }, lesson: ['surface', '2.4'], labs: ['L2.3'] },
    { id: '#13', asks: { de: 'Lieferkette', en: 'Supply chain' }, lesson: ['surface', '2.2'], labs: ['L2.2', 'L4.4'] },
  ],
  leftOut: [],
};
