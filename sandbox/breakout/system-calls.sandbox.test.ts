import type { Viewpoint } from '../testing/viewpoints.ts';
import { unfilteredViewpoint, useGrounds, withAndWithoutFilter } from './grounds.ts';
import { answersIn, findProbes, runOnMachine } from './programs.ts';
import { technique } from './technique.ts';

/**
 * Calls of native/system-calls.c. `held by the filter`: the kernel lets whoever may make user namespaces have it, by itself or by a setting of the
 * machine, so only our filter keeps it away; it is surface of the kernel rather than a way out. All others the kernel alone refuses, and must.
 */
const calls: ReadonlyArray<readonly [call: string, title: string, reference: string, heldBy?: 'held by the filter']> = [
  ['kexec_load', 'boot another kernel', 'kexec_load(2)'],
  ['kexec_file_load', 'boot another kernel from a file', 'kexec_file_load(2)'],
  ['init_module', 'load a kernel module', 'init_module(2)'],
  ['finit_module', 'load a kernel module from a file', 'finit_module(2)'],
  ['delete_module', 'unload a kernel module', 'delete_module(2)'],
  ['bpf-socket-filter', 'load a BPF program for sockets', 'bpf(2), unprivileged_bpf_disabled', 'held by the filter'],
  ['bpf-kprobe', 'load a BPF program that looks into the kernel', 'bpf(2)'],
  ['bpf-xdp', 'load a BPF program for network devices', 'bpf(2)'],
  ['bpf-cgroup-device', "load a BPF program that decides about a cgroup's devices", 'bpf(2)'],
  ['bpf-map', 'make a BPF map', 'bpf(2), unprivileged_bpf_disabled', 'held by the filter'],
  ['bpf-next-program', "list the machine's BPF programs", 'bpf(2)'],
  ['bpf-next-map', "list the machine's BPF maps", 'bpf(2)'],
  ['bpf-map-by-id', "open a BPF map of the machine's by its number", 'bpf(2)'],
  ['perf-machine', 'count what the whole machine does', 'perf_event_open(2)'],
  ['perf-kernel', 'count what the kernel does for oneself', 'perf_event_open(2), perf_event_paranoid', 'held by the filter'],
  ['perf-self', 'count what one does oneself', 'perf_event_open(2), perf_event_paranoid', 'held by the filter'],
  ['userfaultfd', "stop the kernel at one's own page faults", 'userfaultfd(2), unprivileged_userfaultfd', 'held by the filter'],
  ['userfaultfd-own', "stop oneself at one's own page faults", 'userfaultfd(2)', 'held by the filter'],
  ['io_uring_setup', 'use io_uring', 'io_uring_setup(2), io_uring_disabled', 'held by the filter'],
  ['adjtimex', 'change the clock', 'adjtimex(2)'],
  ['syslog', 'read the kernel log', 'syslog(2), dmesg_restrict', 'held by the filter'],
  ['swapon', 'switch swap on', 'swapon(2)'],
  ['swapoff', 'switch swap off', 'swapoff(2)'],
  ['acct', 'write down all processes that end', 'acct(2)'],
  ['iopl', 'use the ports of all devices', 'iopl(2)'],
  ['ioperm', 'use the port of one device', 'ioperm(2)'],
  ['lookup_dcookie', 'turn a cookie into a path', 'lookup_dcookie(2)'],
  ['quotactl', 'set disk quotas', 'quotactl(2)'],
  ['fanotify-file-system', "watch all files of the pool's file system", 'fanotify_mark(2)'],
  ['fanotify-mount', 'watch and hold up all file accesses of a mount', 'fanotify_mark(2)'],
  ['thaw-file-system', 'freeze and thaw the file system of the pool', 'ioctl_fs(2), FIFREEZE'],
  ['kcmp', 'compare resources of processes', 'kcmp(2)', 'held by the filter'],
  ['socket-vsock', 'use virtual sockets, which go past network namespaces', 'vsock(7)', 'held by the filter'],
];

const grounds = useGrounds({ probes: ['system-calls'], withUnfiltered: true });

/** All calls are made at once, for each viewpoint and for the machine's root. */
const answers = new Map<Viewpoint | 'machine', Promise<ReadonlyMap<string, string>>>();

async function answerTo(call: string, from: Viewpoint | 'machine'): Promise<string> {
  const output =
    answers.get(from) ??
    (from === 'machine' ? runOnMachine('system-calls', []) : from.run(grounds.sandbox, `${findProbes}\n$probes/system-calls`)).then(answersIn);
  answers.set(from, output);
  return (await output).get(call) ?? 'no answer';
}

const isRefusal = (answer: string): boolean => /^(EPERM|EACCES|ENOSYS|EAFNOSUPPORT) /.test(answer);

for (const [call, title, reference, heldBy] of calls) {
  const viewpoints = heldBy === undefined ? withAndWithoutFilter : withAndWithoutFilter.filter((viewpoint) => viewpoint !== unfilteredViewpoint);
  technique(title, { reference, viewpoints }, async (viewpoint) => {
    const [here, machine] = [await answerTo(call, viewpoint), await answerTo(call, 'machine')];
    const isMissing = machine.startsWith('ENOSYS');
    return {
      reached: isRefusal(here) ? [] : [`${call}: ${here}`],
      control: isMissing ? 'this kernel has no such call' : isRefusal(machine) ? undefined : `as root of the machine: ${machine}`,
      refusal: here,
    };
  });
}
