import type { Evidence, SandboxView } from '#lab';
import { compileProfile, profileName, type CompiledProfile, type Question, type Tools } from './profile.ts';

type Demand = readonly [question: Question, isMet: (answer: string) => boolean, message: Parameters<Tools['notYet']>[0]];

const artefact = 'validated artefact: compiled by apparmor_parser, asked as the kernel looks it up; not enforced on this host';

interface Demands {
  readonly denials: readonly Demand[];
  readonly permissions: readonly Demand[];
}

const demandsOf = new WeakMap<SandboxView, Demands>();

/** The file compiles with the real parser to exactly one profile, docker-web. */
export async function checkProfileCompiles(tools: Tools): Promise<Evidence> {
  const { mode } = await ask(tools);
  return [artefact, `profile ${profileName}, mode ${mode}`];
}

/** The profile is in force where it is loaded, and denies what the web server must not do. */
export async function checkProfileDenies(tools: Tools): Promise<Evidence> {
  const profile = await ask(tools);
  if (profile.mode !== 'enforce' && profile.mode !== 'kill')
    throw tools.notYet('profile-only-complains', [artefact, `mode of ${profileName}: ${profile.mode}`]);
  return judge(tools, profile, demandsIn(tools).denials);
}

/** The profile lets the web server do its work: a policy that nothing can run under is switched off on its first day. */
export async function checkProfileAllows(tools: Tools): Promise<Evidence> {
  return judge(tools, await ask(tools), demandsIn(tools).permissions);
}

function ask(tools: Tools): Promise<CompiledProfile> {
  const { denials, permissions } = demandsIn(tools);
  return compileProfile(
    tools,
    [...denials, ...permissions].map(([question]) => question),
  );
}

/** The same within a run of checks. Part of the names is random, so that nobody can write them into a rule. */
function demandsIn({ sandbox }: Tools): Demands {
  const unknown = `x${sandbox.random(6)}`;
  const demands = demandsOf.get(sandbox) ?? { denials: denialsWith(unknown), permissions: permissionsWith(unknown) };
  demandsOf.set(sandbox, demands);
  return demands;
}

function judge({ notYet }: Tools, profile: CompiledProfile, demands: readonly Demand[]): Evidence {
  for (const [question, isMet, message] of demands) {
    const answer = profile.answerTo(question);
    if (!isMet(answer)) throw notYet(message, [artefact, `${question.join(' ')}: ${answer}`]);
  }
  return [artefact, ...summary(profile, demands)];
}

/** One line for all questions of a kind that have the same answer. */
function summary(profile: CompiledProfile, demands: readonly Demand[]): readonly string[] {
  const groups = Map.groupBy(demands, ([question]) => `${question[0]}, ${profile.answerTo(question)}`);
  return [...groups].map(([key, members]) => `${key}: ${members.map(([[, ...words]]) => words.join(' ').trim()).join(', ')}`);
}

function denialsWith(unknown: string): readonly Demand[] {
  const kept = ['/srv/keys/signing.key', `/srv/keys/${unknown}`, '/etc/shadow'];
  const readOnly = [
    '/etc/passwd',
    `/etc/${unknown}`,
    `/etc/cron.d/${unknown}`,
    `/usr/${unknown}`,
    '/usr/local/bin/webd',
    '/srv/www/index.html',
    `/srv/www/${unknown}`,
  ];
  const kernel = ['/proc/sys/kernel/core_pattern', `/proc/sys/net/${unknown}`, '/proc/sysrq-trigger', '/sys/kernel/uevent_helper', `/sys/fs/cgroup/${unknown}`];
  const programs = ['/bin/sh', '/bin/ash', '/bin/bash', '/usr/bin/bash', '/bin/busybox', '/usr/bin/wget', `/usr/bin/${unknown}`];
  const dropped = [`/tmp/${unknown}`, `/run/${unknown}`, `/dev/shm/${unknown}`, `/srv/www/${unknown}`];
  const powers = ['sys_admin', 'sys_ptrace', 'sys_module', 'sys_rawio', 'dac_override', 'dac_read_search', 'net_admin', 'net_raw', 'mac_admin'];
  const mounts = [
    ['/mnt/', '/dev/vda', 'ext4'],
    [`/tmp/${unknown}/`, unknown, 'tmpfs'],
    ['/proc/', 'proc', 'proc'],
    ['/srv/', '/', '', 'bind'],
    ['/', '', '', 'remount'],
  ];
  return [
    ...kept.map((path): Demand => [['file', path], lacks('r'), 'profile-reads-secrets']),
    ...[...readOnly, ...kernel].map((path): Demand => [['file', path], lacks('w', 'a', 'l'), 'profile-writes']),
    ...[...programs, ...dropped].map((path): Demand => [['file', path], lacks('x'), 'profile-runs-programs']),
    ...powers.map((name): Demand => [['capability', name], isDenied, 'profile-powers']),
    ...[
      ['inet', 'raw'],
      ['inet6', 'raw'],
      ['packet', 'raw'],
      ['packet', 'dgram'],
    ].map((words): Demand => [['network', ...words], isDenied, 'profile-raw-network']),
    ...mounts.map((words): Demand => [['mount', ...words], isDenied, 'profile-mounts']),
    ...['unconfined', unknown].map((name): Demand => [['change', name], isDenied, 'profile-leaves']),
    [['file', '/usr/local/bin/webd'], (answer) => !answer.includes('unconfined'), 'profile-leaves'],
  ];
}

function permissionsWith(unknown: string): readonly Demand[] {
  return [
    [['file', '/usr/local/bin/webd'], ownerMay('r', 'x'), 'profile-blocks-service'],
    ...['/srv/www/index.html', `/srv/www/${unknown}.html`, `/srv/www/${unknown}/${unknown}`].map((path): Demand => [
      ['file', path],
      (answer) => ownerMay('r')(answer) && othersMay('r')(answer),
      'profile-blocks-service',
    ]),
    [['file', '/run/web.pid'], ownerMay('w'), 'profile-blocks-service'],
    [['network', 'inet', 'stream'], isAllowed, 'profile-blocks-service'],
    [['signal', 'TERM', 'unconfined'], isAllowed, 'profile-blocks-service'],
    [['signal', 'KILL', 'unconfined'], isAllowed, 'profile-blocks-service'],
  ];
}

function isAllowed(answer: string): boolean {
  return answer === 'allowed';
}

function isDenied(answer: string): boolean {
  return answer === 'denied';
}

/** None of the rights, neither for files of one's own nor for those of others. */
function lacks(...letters: readonly string[]): (answer: string) => boolean {
  return (answer) => letters.every((letter) => !rightsIn(answer, 'owner').includes(letter) && !rightsIn(answer, 'others').includes(letter));
}

function ownerMay(...letters: readonly string[]): (answer: string) => boolean {
  return (answer) => letters.every((letter) => rightsIn(answer, 'owner').includes(letter));
}

function othersMay(...letters: readonly string[]): (answer: string) => boolean {
  return (answer) => letters.every((letter) => rightsIn(answer, 'others').includes(letter));
}

/** `rx` for the owner in `owner rx others r`. */
function rightsIn(answer: string, who: 'owner' | 'others'): string {
  const words = answer.split(' ');
  return words[words.indexOf(who) + 1] ?? '';
}
