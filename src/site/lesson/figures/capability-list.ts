import type { Text } from '#lab';

interface Capability {
  /** Without `CAP_`, as Docker's options take it. */
  readonly name: string;
  readonly allows: Text;
  /** Docker gives it to every container. */
  readonly isDefault?: true;
  /** In a container without a user namespace it amounts to the host. */
  readonly isHost?: true;
}

/** All capabilities of Linux; the place in the list is the number of the bit. Source: capabilities(7), linux/capability.h, moby oci/caps/defaults.go. */
export const capabilities: readonly Capability[] = [
  { name: 'CHOWN', isDefault: true, allows: { de: 'Besitzer von Dateien ändern', en: 'change the owner of files' } },
  { name: 'DAC_OVERRIDE', isDefault: true, allows: { de: 'alle Dateirechte übergehen', en: 'ignore all file permissions' } },
  {
    name: 'DAC_READ_SEARCH',
    isHost: true,
    allows: { de: 'alles lesen, Dateien an den Mounts vorbei öffnen', en: 'read everything, open files past the mounts' },
  },
  { name: 'FOWNER', isDefault: true, allows: { de: 'fremde Dateien behandeln wie eigene', en: 'treat files of others as one’s own' } },
  { name: 'FSETID', isDefault: true, allows: { de: 'setuid-Bits beim Ändern einer Datei behalten', en: 'keep setuid bits when a file changes' } },
  { name: 'KILL', isDefault: true, allows: { de: 'Signale an Prozesse anderer Benutzer', en: 'signal processes of other users' } },
  { name: 'SETGID', isDefault: true, allows: { de: 'jede Gruppe annehmen', en: 'take on any group' } },
  { name: 'SETUID', isDefault: true, allows: { de: 'jeder Benutzer werden', en: 'become any user' } },
  { name: 'SETPCAP', isDefault: true, allows: { de: 'eigene Mengen umschichten', en: 'rearrange one’s own sets' } },
  { name: 'LINUX_IMMUTABLE', allows: { de: 'Unveränderlich-Attribut von Dateien setzen', en: 'set the immutable attribute of files' } },
  { name: 'NET_BIND_SERVICE', isDefault: true, allows: { de: 'Ports unter der Grenze öffnen', en: 'open ports below the limit' } },
  { name: 'NET_BROADCAST', allows: { de: 'im Kernel ungenutzt', en: 'unused in the kernel' } },
  { name: 'NET_ADMIN', allows: { de: 'Netz und Firewall umstellen', en: 'reconfigure network and firewall' } },
  { name: 'NET_RAW', isDefault: true, allows: { de: 'eigene Pakete bauen', en: 'build packets of one’s own' } },
  { name: 'IPC_LOCK', allows: { de: 'Speicher festhalten', en: 'lock memory' } },
  { name: 'IPC_OWNER', allows: { de: 'Rechte bei System-V-IPC übergehen', en: 'ignore permissions of System V IPC' } },
  { name: 'SYS_MODULE', isHost: true, allows: { de: 'Kernel-Module laden', en: 'load kernel modules' } },
  { name: 'SYS_RAWIO', isHost: true, allows: { de: 'Hardware direkt ansprechen', en: 'access hardware directly' } },
  { name: 'SYS_CHROOT', isDefault: true, allows: { de: '`chroot` aufrufen', en: 'call `chroot`' } },
  {
    name: 'SYS_PTRACE',
    allows: { de: 'in fremde Prozesse sehen und schreiben, mit `--pid=host` in alle', en: 'look into and write to other processes, with `--pid=host` to all' },
  },
  { name: 'SYS_PACCT', allows: { de: 'Prozessabrechnung ein- und ausschalten', en: 'switch process accounting' } },
  { name: 'SYS_ADMIN', isHost: true, allows: { de: 'mounten, Namespaces betreten und vieles mehr', en: 'mount, enter namespaces and much more' } },
  { name: 'SYS_BOOT', isHost: true, allows: { de: 'neu starten, anderen Kernel laden', en: 'reboot, load another kernel' } },
  { name: 'SYS_NICE', allows: { de: 'Vorrang von Prozessen ändern', en: 'change the priority of processes' } },
  { name: 'SYS_RESOURCE', allows: { de: 'Grenzen überschreiten', en: 'exceed limits' } },
  { name: 'SYS_TIME', allows: { de: 'die Uhr stellen', en: 'set the clock' } },
  { name: 'SYS_TTY_CONFIG', allows: { de: 'Terminals einstellen', en: 'configure terminals' } },
  { name: 'MKNOD', isDefault: true, allows: { de: 'Gerätedateien anlegen', en: 'create device files' } },
  { name: 'LEASE', allows: { de: 'Leases auf Dateien', en: 'leases on files' } },
  { name: 'AUDIT_WRITE', isDefault: true, allows: { de: 'ins Audit-Log schreiben', en: 'write to the audit log' } },
  { name: 'AUDIT_CONTROL', allows: { de: 'Audit ein- und ausschalten', en: 'switch auditing' } },
  { name: 'SETFCAP', isDefault: true, allows: { de: 'Dateien Capabilities geben', en: 'give capabilities to files' } },
  { name: 'MAC_OVERRIDE', allows: { de: 'MAC übergehen (Smack)', en: 'ignore MAC (Smack)' } },
  { name: 'MAC_ADMIN', allows: { de: 'MAC-Richtlinien ändern', en: 'change MAC policies' } },
  { name: 'SYSLOG', allows: { de: 'Kernel-Log und Adressen lesen', en: 'read kernel log and addresses' } },
  { name: 'WAKE_ALARM', allows: { de: 'Rechner aus dem Schlaf wecken', en: 'wake the machine' } },
  { name: 'BLOCK_SUSPEND', allows: { de: 'Schlafzustand verhindern', en: 'prevent suspend' } },
  { name: 'AUDIT_READ', allows: { de: 'Audit-Log lesen', en: 'read the audit log' } },
  { name: 'PERFMON', allows: { de: 'Leistung messen, auch im Kernel', en: 'measure performance, in the kernel too' } },
  { name: 'BPF', allows: { de: 'BPF-Programme laden', en: 'load BPF programs' } },
  { name: 'CHECKPOINT_RESTORE', allows: { de: 'Prozesse einfrieren und wiederherstellen', en: 'freeze and restore processes' } },
];

/** The bits of Docker's default as `/proc/PID/status` writes them. */
export const defaultMask = maskOf((capability) => capability.isDefault === true);

/** 16 hexadecimal digits with a bit for each capability that is wanted. */
export function maskOf(isWanted: (capability: Capability) => boolean): string {
  const bits = capabilities.reduce((sum, capability, bit) => (isWanted(capability) ? sum | (1n << BigInt(bit)) : sum), 0n);
  return bits.toString(16).padStart(16, '0');
}
