import { arch } from 'node:os';
import { complementOf } from './bit-cubes.ts';
import { engineCalls, missingCalls, ordinaryCalls } from './system-calls.ts';

/** One entry of a profile in the form that Docker's API takes (docs.docker.com/engine/security/seccomp). */
interface Rule {
  readonly names: readonly string[];
  readonly action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO';
  readonly errnoRet?: number;
  readonly args?: readonly Comparison[];
}

type Comparison =
  | { readonly index: number; readonly value: number; readonly valueTwo: number; readonly op: 'SCMP_CMP_MASKED_EQ' }
  | { readonly index: number; readonly value: number; readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_NE' };

const notImplemented = 38;
const allBits = 0xffff_ffff;

/**
 * The profile of a Docker host: what nested Docker needs by name, and nothing else. Not in it, among others: kexec, modules, bpf, perf_event_open,
 * userfaultfd, io_uring, file handles, the mount calls of 2019, keys, clocks, swap, accounting, quotas, x86 ports and segments.
 * Other architectures than the machine's own (i386, x32, 32-bit ARM) have no entry: their calls end the process (seccomp_rule_add(3), bad arch action).
 */
export function dockerHostSeccomp(): string {
  return profile([
    allow(ordinaryCalls),
    allow(engineCalls),
    refuseAsMissing(missingCalls),
    ...socketRules([families.unix, families.inet, families.inet6, families.packet], hostNetlink),
    ...commonRules(),
  ]);
}

/** The profile of an attacker box, an ordinary container without an engine: no namespaces, no mounts, no raw frames, whatever Docker's version allows. */
export function attackerSeccomp(): string {
  return profile([
    allow(ordinaryCalls),
    cloneWithoutNamespaces,
    // Its flags lie in memory, where a filter cannot look; libraries then use clone.
    refuseAsMissing([...missingCalls, 'clone3']),
    ...socketRules([families.unix, families.inet, families.inet6], attackerNetlink),
    ...commonRules(),
  ]);
}

function commonRules(): Rule[] {
  return [...personalityRules(), ...ioctlRules(), ...coreLimitRules()];
}

function profile(syscalls: readonly Rule[]): string {
  // Where errnoRet is not named it is EPERM.
  return JSON.stringify({ defaultAction: 'SCMP_ACT_ERRNO', architectures: [arch() === 'arm64' ? 'SCMP_ARCH_AARCH64' : 'SCMP_ARCH_X86_64'], syscalls });
}

function allow(names: readonly string[]): Rule {
  return { names, action: 'SCMP_ACT_ALLOW' };
}

function refuseAsMissing(names: readonly string[]): Rule {
  return { names, action: 'SCMP_ACT_ERRNO', errnoRet: notImplemented };
}

/** Allowed while the arguments have these bits. */
function allowWhen(name: string, ...args: ReadonlyArray<readonly [index: number, value: number, mask?: number]>): Rule {
  return { names: [name], action: 'SCMP_ACT_ALLOW', args: args.map((argument) => has(...argument)) };
}

/** The kernel reads 32 bits of all the numbers that are compared here, so the comparison must, too. */
function has(index: number, value: number, mask: number = allBits): Comparison {
  return { index, value: mask, valueTwo: value, op: 'SCMP_CMP_MASKED_EQ' };
}

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET (linux/sched.h). CLONE_NEWTIME is not clone's. */
const cloneWithoutNamespaces: Rule = allowWhen('clone', [0, 0, 0x7e02_0000]);

/** linux/socket.h. Not here: VSOCK, ALG, XDP, TIPC, SMC, KEY, BLUETOOTH, CAN and all the others, whose code is seldom looked at. */
const families = { unix: 1, inet: 2, inet6: 10, netlink: 16, packet: 17 } as const;

/** linux/netlink.h: routes, socket tables, IPsec of overlay networks, audit (su and sudo look whether there is one), netfilter, device events, generic (IPVS). */
const hostNetlink = [0, 4, 6, 9, 12, 15, 16];
const attackerNetlink = [0, 4];

function socketRules(domains: readonly number[], netlinkProtocols: readonly number[]): Rule[] {
  return [
    ...domains.map((domain) => allowWhen('socket', [0, domain])),
    ...netlinkProtocols.map((protocol) => allowWhen('socket', [0, families.netlink], [2, protocol])),
    allowWhen('socketpair', [0, families.unix]),
  ];
}

/** PER_LINUX, PER_LINUX32, UNAME26 and both, the question (as in Docker's own profile); and ADDR_NO_RANDOMIZE, for debuggers. */
function personalityRules(): Rule[] {
  return [0, 0x8, 0x2_0000, 0x2_0008, 0x4_0000, allBits].map((persona) => allowWhen('personality', [0, persona]));
}

/**
 * Requests are told by their lower 16 bits (asm-generic/ioctl.h: type and number). Refused: all of btrfs, for a new subvolume would step out of the disk quota
 * and the rest is administration of the pool that all share; FIFREEZE, FITHAW and FITRIM of any file system; and typing into somebody's terminal (TIOCSTI, TIOCLINUX).
 * Of btrfs's type are also the requests for sharing blocks between files, which cp uses.
 */
const refusedRequests = [
  { mask: 0xff00, value: 0x9400 },
  { mask: 0xffff, value: 0x5412 },
  { mask: 0xffff, value: 0x541c },
  { mask: 0xffff, value: 0x5877 },
  { mask: 0xffff, value: 0x5878 },
  { mask: 0xffff, value: 0x5879 },
];
const sharingRequests = { FICLONE: 0x4004_9409, FICLONERANGE: 0x4020_940d, FIDEDUPERANGE: 0xc018_9436 } as const;

function ioctlRules(): Rule[] {
  return [
    ...complementOf(refusedRequests, 16).map(({ mask, value }) => allowWhen('ioctl', [1, value, mask])),
    ...Object.values(sharingRequests).map((request) => allowWhen('ioctl', [1, request])),
  ];
}

/** RLIMIT_CORE (asm-generic/resource.h). */
const coreLimit = 4;

/**
 * The core limit stays what the engine set (`noCoreDump`); setting it does nothing and says that it worked, for servers and `docker run --ulimit core=…`.
 * Otherwise a learner could lower it to 0, with which the kernel does start a program that core_pattern names, as root on the machine (core(5)).
 */
function coreLimitRules(): Rule[] {
  const others = complementOf([{ mask: 0xf, value: coreLimit }], 4);
  const pretend = (name: string, ...args: Comparison[]): Rule => ({ names: [name], action: 'SCMP_ACT_ERRNO', errnoRet: 0, args });
  return [
    ...others.flatMap(({ mask, value }) => [allowWhen('setrlimit', [0, value, mask]), allowWhen('prlimit64', [1, value, mask])]),
    pretend('setrlimit', has(0, coreLimit)),
    { names: ['prlimit64'], action: 'SCMP_ACT_ALLOW', args: [has(1, coreLimit), { index: 2, value: 0, op: 'SCMP_CMP_EQ' }] },
    pretend('prlimit64', has(1, coreLimit), { index: 2, value: 0, op: 'SCMP_CMP_NE' }),
  ];
}
