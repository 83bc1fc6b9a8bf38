import { Inconclusive } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import { describeMount, refusePrivileges, tellingMounts } from './confinement.ts';
import { ask, findHelper, type Tools } from './services.ts';

/** backup saves /srv/data and sees nothing of /etc. */
export async function checkBackup(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const backup = await findHelper(tools, 'backup');
  await refusePrivileges(tools, backup);
  const mounts = await tellingMounts(tools, backup);
  const etc = mounts.filter(({ shows }) => /^\/(etc(\/|$))?/.test(shows) && (shows === '/' || shows.startsWith('/etc')));
  if (etc.length > 0) throw notYet('etc-mounted', etc.map(describeMount));
  if (mounts.length > 0) throw notYet('host-exposed', mounts.map(describeMount));
  const canary = `canary-${sandbox.random(6)}`;
  await sandbox.plantFile({ path: `/etc/${canary}`, content: canary, mode: 0o644 });
  const { output } = await backup.twin(`find / -path /sys -prune -o -name ${canary} -print 2>/dev/null; echo searched`);
  const found = output.trim().split('\n');
  if (found.pop() !== 'searched') throw new Inconclusive('control-failed', ['find in a copy of backup did not end']);
  if (found.length > 0) throw notYet('etc-mounted', [`/etc/${canary} of the Docker host is ${found[0]} in a copy of backup`]);
  await refuseAccounts(tools);
  return [`/etc/${canary} of the Docker host cannot be found in a copy of backup`, await savesData(tools, backup)];
}

/** A file put into /srv/data this moment must lie in the archive. Throws `backup-incomplete`. */
export async function savesData(tools: Tools, backup: RoleContainer): Promise<string> {
  const [name, content] = [`probe-${tools.sandbox.random(6)}`, tools.sandbox.random(16)];
  await tools.sandbox.plantFile({ path: `/srv/data/${name}`, content, mode: 0o644 });
  const answer = await ask(tools, backup, '/cgi-bin/archive');
  if (answer.status !== 200 || !answer.body.includes(name) || !answer.body.includes(content))
    throw tools.notYet('backup-incomplete', [`GET /cgi-bin/archive: ${answer.status}, ${answer.body.length} characters, without /srv/data/${name}`]);
  return `the archive holds /srv/data/${name}, which the check has just written`;
}

/** What came in through the hole outlives it. */
async function refuseAccounts({ sandbox, notYet }: Tools): Promise<void> {
  const lines = new TextDecoder().decode(await sandbox.readFile('/etc/passwd')).split('\n');
  const strange = lines.filter((line) => /^[^:]*:[^:]*:0+:/.test(line) && !line.startsWith('root:'));
  const [root] = lines.filter((line) => line.startsWith('root:'));
  if (strange.length > 0 || root === undefined || root.startsWith('root::')) throw notYet('account-left', strange.length > 0 ? strange : [root ?? 'no root']);
}
