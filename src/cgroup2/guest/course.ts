import { setTimeout as sleep } from 'node:timers/promises';
import { health, type Health } from '#protocol/health.ts';
import { labList } from '#protocol/api.ts';
import { ensureAccounts } from '#sandbox/host/accounts.ts';
import { run, succeeds } from '#sandbox/host/run.ts';
import { Learner } from '../../bench/learner.ts';
import { dataDirectory, installation } from './installation.ts';
import { runScript } from './run-script.ts';
import type { OnLine, StepResult } from './step.ts';

const url = 'http://127.0.0.1:8080';
const lab = 'kernel/contain-the-agent';
const units = ['schott-server.service', 'schott-keeper.service'] as const;

/**
 * The course as services of systemd, from the units that the project offers: it comes up, says what the machine is, starts a session whose terminal
 * answers; the shell lives on while systemd reads its units anew, the machine's own Docker is restarted and the keeper is killed; and it ends without
 * a trace.
 */
export async function runCourse(onLine: OnLine): Promise<StepResult> {
  const isBuilt = (await runScript('build', [], onLine)) === 0;
  if (!isBuilt) throw new Error('The site could not be built');
  await ensureAccounts();
  await run('sh', ['-c', `cp ${installation}/sandbox/systemd/*.service /etc/systemd/system/ && systemctl daemon-reload`]);
  try {
    await run('systemctl', ['start', ...units]);
    const { capabilities } = await untilHealthy();
    onLine(`healthz: ${JSON.stringify(capabilities)}`);
    if (capabilities?.cgroupVersion !== 2 || !capabilities.appArmor) throw new Error(`/healthz says ${JSON.stringify(capabilities)}`);
    await untilBaked();
    const learner = await Learner.arrive(url);
    const { id } = await learner.startSession(lab);
    await learner.untilReady(id, 300_000);
    const shell = await askShell(learner, id, 'kept=$$; docker info --format "cgroup-{{.CgroupVersion}} $kept."', /cgroup-2 (\d+)\./);
    onLine(`a session has started, and its terminal answers from shell ${shell}`);
    await run('systemctl', ['daemon-reload']);
    await run('systemctl', ['restart', 'containerd.service', 'docker.service']);
    await run('systemctl', ['kill', '--kill-whom=main', '--signal=KILL', 'schott-keeper.service']);
    await sleep(2000);
    await untilHealthy();
    const same = await askShell(learner, id, 'docker info --format "again-{{.CgroupVersion}} $kept."', /again-2 (\d+)\./);
    if (same !== shell) throw new Error(`The terminal answers from shell ${same} and not from ${shell}`);
    const states = (await learner.check(id)).tasks.map((task) => task.state);
    if (states.some((state) => state !== 'failed')) throw new Error(`At the start state the checks say ${states.join(', ')}`);
    onLine("the shell lives on when systemd reads its units anew, the machine's own Docker is restarted and the keeper is killed");
    await run('systemctl', ['stop', ...units]);
    const left = await leftovers();
    return {
      ok: left === '',
      summary: left === '' ? 'as services of systemd: came up, served a session through restarts, ended without a trace' : `left behind: ${left}`,
    };
  } finally {
    for (const line of (await run('journalctl', ['--unit=schott-*', '--no-pager', '--output=cat', '--lines=60'])).trimEnd().split('\n')) onLine(line);
    await succeeds('systemctl', ['stop', ...units]);
  }
}

/** Types a command into the session's shell and gives what it answers; the answer must not be in the command. */
async function askShell(learner: Learner, id: string, command: string, answer: RegExp): Promise<string> {
  using terminal = learner.openTerminal(id);
  await terminal.attached;
  let text = '';
  terminal.onOutput = (data) => (text += Buffer.from(data).toString('latin1'));
  terminal.type(`${command}\n`);
  await terminal.waitFor(answer, 120_000);
  return answer.exec(text)?.[1] ?? '';
}

async function untilHealthy(): Promise<Health> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${url}/healthz`).then(
      (response) => response.json(),
      () => undefined,
    );
    const found = health.safeParse(answer).data;
    if (found?.state === 'ok') return found;
    await sleep(1000);
  }
  throw new Error('The course did not come up within 10 minutes');
}

async function untilBaked(): Promise<void> {
  for (let tries = 0; tries < 900; tries++) {
    const { labs } = labList.parse(await (await fetch(`${url}/api/labs`)).json());
    const state = labs.find((one) => one.id === lab)?.availability.state;
    if (state === 'ready') return;
    if (state === 'unavailable') throw new Error(`${lab} is unavailable`);
    await sleep(1000);
  }
  throw new Error(`${lab} was not baked within 15 minutes`);
}

/** What a stopped course must not leave: processes, the pool's mount, network namespace, cgroup. */
async function leftovers(): Promise<string> {
  const look = `pgrep --full --list-full '/run/schott/|${dataDirectory}/' | grep --invert-match pgrep
    grep --only-matching '${dataDirectory}[^ ]*' /proc/self/mountinfo
    ls --directory /run/netns/schott /sys/fs/cgroup/schott 2> /dev/null
    true`;
  for (let tries = 0; ; tries++) {
    const found = (await run('sh', ['-c', look])).trim().replaceAll('\n', ', ');
    if (found === '' || tries === 20) return found;
    await sleep(500);
  }
}
