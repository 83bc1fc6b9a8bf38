import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { sandboxUser, serverUser } from './instance.ts';
import { run, succeeds } from './run.ts';

/**
 * Ids for the sandboxes. Far more than 65,536, because userns-remap inside a sandbox needs a second range above
 * the usual one (dockremap:100000:65536).
 */
const rangeLength = 1_048_576;
const firstId = 1_000_000;
const rangeFiles = ['/etc/subuid', '/etc/subgid'] as const;

/** Makes the server's and the sandboxes' system users and the sandboxes' id range, where they are not there yet. */
export async function ensureAccounts(): Promise<void> {
  for (const user of [serverUser, sandboxUser]) {
    if (!(await succeeds('id', ['-u', user]))) {
      await run('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', user]);
    }
  }
  const start = await freeRangeStart();
  for (const file of rangeFiles) {
    const content = await readFile(file, 'utf8').catch(() => '');
    if (content.split('\n').some((line) => line.startsWith(`${sandboxUser}:`))) continue;
    await appendFile(file, `${content === '' || content.endsWith('\n') ? '' : '\n'}${sandboxUser}:${start}:${rangeLength}\n`);
  }
}

/** Numeric ids of the server's user. */
export async function serverIds(): Promise<{ uid: number; gid: number }> {
  return { uid: Number(await run('id', ['-u', serverUser])), gid: Number(await run('id', ['-g', serverUser])) };
}

/** Takes back what `ensureAccounts` did. */
export async function removeAccounts(): Promise<void> {
  for (const file of rangeFiles) {
    const content = await readFile(file, 'utf8').catch(() => undefined);
    if (content === undefined) continue;
    const rest = content
      .split('\n')
      .filter((line) => !line.startsWith(`${sandboxUser}:`))
      .join('\n');
    if (rest !== content) await writeFile(file, rest);
  }
  for (const user of [serverUser, sandboxUser]) await succeeds('userdel', [user]);
}

/** The first id above every range that somebody else has. */
async function freeRangeStart(): Promise<number> {
  let start = firstId;
  for (const file of rangeFiles) {
    const content = await readFile(file, 'utf8').catch(() => '');
    for (const line of content.split('\n')) {
      const [user, from, length] = line.split(':');
      if (user === sandboxUser) return Number(from);
      start = Math.max(start, Number(from ?? 0) + Number(length ?? 0));
    }
  }
  return start;
}
