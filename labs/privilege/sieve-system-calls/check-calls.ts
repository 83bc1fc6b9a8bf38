import { Inconclusive } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import { renderJob, type Tools } from './renderer.ts';
import { missingOutside, reachableOutside } from './system-calls.ts';

/** The calls by which a container's process turns into more than it is, or gets at young corners of the kernel, do not get through. */
export async function checkCalls(tools: Tools): Promise<Evidence> {
  const { role, attempts, evidence } = await renderJob(tools);
  if (attempts.newUserNamespace === 'created') throw tools.notYet('call-open', ['a job ran `unshare -U echo created`: created']);
  if (attempts.reachable.length > 0)
    throw tools.notYet(
      'call-open',
      attempts.reachable.map((line) => `sysprobe in a job: ${line}`),
    );
  const answers = await probe(role, [...reachableOutside, ...missingOutside]);
  const isMissing = (name: string): boolean => answers[name]?.startsWith('missing') === true;
  const isBlocked = (name: string): boolean => answers[name]?.startsWith('blocked') === true;
  // A profile may refuse with ENOSYS throughout; then it cannot be told from the Docker host's own answer, and what it refuses elsewhere has to do.
  const refusesAsMissing = reachableOutside.every((name) => isMissing(name) || isBlocked(name)) && isMissing('mount') && isMissing('setns');
  const open = [
    ...reachableOutside.filter((name) => !isBlocked(name) && !isMissing(name)),
    ...missingOutside.filter((name) => !isBlocked(name) && !refusesAsMissing),
  ];
  if (open.length > 0)
    throw tools.notYet(
      'call-open',
      open.map((name) => `${name}: ${answers[name]}`),
    );
  return [...evidence, `unshare in a job: ${attempts.newUserNamespace}`, ...Object.entries(answers).map(([name, answer]) => `${name}: ${answer}`)];
}

/** Network sockets are out of reach, in the job and in a copy of the container; the renderer's own kind works. */
export async function checkSockets(tools: Tools): Promise<Evidence> {
  const { role, attempts, evidence } = await renderJob(tools);
  const names = ['socket-inet', 'socket-inet6', 'family-packet'];
  const answers = await probe(role, names);
  const open = names.filter((name) => answers[name]?.startsWith('reachable') !== false);
  if (open.length > 0)
    throw tools.notYet(
      'network-sockets',
      open.map((name) => `${name}: ${answers[name]}`),
    );
  if (/connect|refused|unreachable/i.test(attempts.networkSocket)) throw tools.notYet('network-sockets', [`wget in a job: ${attempts.networkSocket}`]);
  return [...evidence, `wget in a job: ${attempts.networkSocket}`, ...names.map((name) => `${name}: ${answers[name]}`)];
}

/** With the control in front: what must go on working does, so it is not everything that fails. */
async function probe(role: RoleContainer, names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const answers = await role.probe(['socket-unix', ...names]);
  if (answers['socket-unix'] !== 'reachable (OK)') throw new Inconclusive('control-failed', [`socket-unix: ${answers['socket-unix']}`]);
  return answers;
}
