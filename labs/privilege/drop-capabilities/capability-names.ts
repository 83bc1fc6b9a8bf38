/** linux/capability.h, from bit 0 on, without the CAP_ in front. */
const names = `
  CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER
  SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP
  MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE`
  .trim()
  .split(/\s+/);

/** `CHOWN KILL` for a set of capabilities. */
export function capabilityNames(set: bigint): string {
  const known = names.filter((_, bit) => (set & (1n << BigInt(bit))) !== 0n);
  return known.length === names.length ? 'all' : known.join(' ');
}

/** The set as /proc shows it. */
export function asHex(set: bigint): string {
  return set.toString(16).padStart(16, '0');
}

/** The bit of a capability. */
export function capability(name: string): bigint {
  return 1n << BigInt(names.indexOf(name));
}
