import { Inconclusive } from '#lab';
import { client, type Tools } from './shop.ts';

const waitMs = 6000;
/** The containers end by themselves, so that a check that was cut off leaves nothing. */
const lifetimeSeconds = 40;

/**
 * SHA-256 of the program that really starts containers here. runc lives for a moment only, so it is held up: before a container's own program runs, runc, by then
 * inside, reads its /etc/passwd. Here that is a pipe, so runc waits until somebody writes, and the kernel says what it is. Afterwards the very same process
 * becomes the container's first one: so what was caught did the work. Throws Inconclusive (`control-failed`) when that does not happen.
 */
export async function caughtRuntime({ sandbox }: Tools): Promise<string> {
  const name = `probe-${sandbox.random(6)}`;
  const pipe = `/run/${name}`;
  const labels = Object.entries({ ...sandbox.probeLabels, 'lab.role': name }).map(([label, value]) => `--label ${label}=${value}`);
  const options = `${labels.join(' ')} --network none --volume ${pipe}:/etc/passwd --entrypoint timeout`;
  try {
    const created = await sandbox.runOnHost(
      `mkfifo -m 644 ${pipe} && ${client} create --name ${name} ${options} lab/app ${lifetimeSeconds} sleep ${lifetimeSeconds}`,
    );
    const container = (await sandbox.containers()).find((one) => one.name === name);
    if (!created.ok || container === undefined)
      throw new Inconclusive('control-failed', ['a container to look at could not be created', created.output.trim().slice(-200)]);
    await sandbox.runOnHost(`setsid ${client} start ${name} < /dev/null > /dev/null 2>&1 &`);
    const caught = await waitFor(container.id);
    await sandbox.runOnHost(release(pipe));
    const role = await started(name);
    const [first] = await role.processes();
    if (first.pids[0] !== caught.pid)
      throw new Inconclusive('control-failed', [`pid ${first.pids[1] ?? first.pids[0]} (${first.comm}) is the container's first, but another was caught`]);
    return caught.hash;
  } finally {
    await sandbox.runOnHost(`${release(pipe)}\nsetsid ${client} rm --force ${name} < /dev/null > /dev/null 2>&1 &\nrm -f ${pipe}`).catch(() => undefined);
  }

  /** The engine is not asked meanwhile: it holds this container's lock until runc is done. */
  async function waitFor(id: string): Promise<{ readonly pid: number; readonly hash: string }> {
    for (const deadline = Date.now() + waitMs; Date.now() < deadline; await sandbox.sleep(100)) {
      const inside = (await sandbox.processes()).filter(({ cgroup }) => cgroup.includes(id));
      // The one that stays: its number inside is 1.
      const waiting = inside.find(({ pids }) => pids.length > 2 && pids.at(-1) === 1);
      if (waiting === undefined || inside.length > 1) continue;
      const hash = await waiting.executableHash();
      if (hash !== undefined) return { pid: waiting.pids[0], hash };
    }
    throw new Inconclusive('control-failed', ['no container runtime was seen at work']);
  }

  async function started(role: string) {
    for (const deadline = Date.now() + waitMs; ; await sandbox.sleep(100)) {
      try {
        return await sandbox.role({ label: role });
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }
}

/** Once for each time that somebody may open it; who waits for the pipe reads an empty file. */
function release(pipe: string): string {
  return `for turn in 1 2 3; do timeout 0.3 sh -c ': > ${pipe}'; done 2> /dev/null`;
}
