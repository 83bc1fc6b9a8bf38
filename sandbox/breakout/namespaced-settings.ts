/**
 * Settings below /proc/sys that the kernel keeps for each namespace, so that a sandbox may write its own (sysctl tables of Linux 6.18, by the file that
 * registers them). Whatever else can be written from inside is the machine's.
 */
const namespaced: ReadonlyArray<readonly [pattern: RegExp, namespace: string]> = [
  [/^kernel\/(auto_msgmni|msg(max|mnb|mni)|sem|sem_next_id|msg_next_id|shm_next_id|shm_rmid_forced|shm(all|max|mni))$/, 'ipc, ipc/ipc_sysctl.c'],
  [/^fs\/mqueue\//, 'ipc, ipc/mq_sysctl.c'],
  [/^kernel\/(ns_last_pid|pid_max)$/, 'pid, kernel/pid_namespace.c and kernel/pid.c (pid_max since 6.14)'],
  [/^kernel\/(hostname|domainname)$/, 'uts, kernel/utsname_sysctl.c'],
  [/^user\//, 'user, kernel/ucount.c; the limits of the parent count as well'],
  [
    /^net\/(ipv4|ipv6|mptcp|netfilter|bridge|unix|sctp)\//,
    'net, each registers a table for each network namespace and leaves out, or makes read-only, what is global',
  ],
  [/^net\/core\/(optmem_max|rps_default_mask|somaxconn|tstamp_allow_data|txrehash|xfrm_.*)$/, 'net, net/core/sysctl_net_core.c'],
];

/** Does this file (an absolute path) belong to one of the sandbox's own namespaces? */
export function isNamespaced(file: string): boolean {
  const name = file.replace(/^\/proc\/sys\//, '');
  return namespaced.some(([pattern]) => pattern.test(name));
}
