import { openBareTerminal } from './bare-terminal.ts';
import type { Course } from './course.ts';
import { dockerHosts } from './docker-hosts.ts';
import { Learner } from './learner.ts';
import type { Bench } from './measurement.ts';
import { openSession } from './session-start.ts';
import type { Terminal } from './terminal.ts';

type Container = ReturnType<Course['engine']['getContainer']>;

/** A learner who sits before a prompt, and the Docker host behind it as the engine sees it. Disposing ends terminal and session. */
export interface Desk extends AsyncDisposable {
  readonly learner: Learner;
  readonly lab: string;
  readonly session: string;
  readonly terminal: Terminal;
  readonly container: Container;
  /** The same Docker host without the course: a command straight from the engine, with a terminal. */
  openBareTerminal(command: readonly string[]): ReturnType<typeof openBareTerminal>;
}

/** A new learner starts a session and waits for the prompt. Without `lab`: in the first lab there is. Nothing else may start sandboxes of it meanwhile. */
export async function openDesk({ course, say }: Bench, lab?: string): Promise<Desk> {
  const [firstLab = ''] = await course.startableLabs(say);
  const chosen = lab ?? firstLab;
  const before = new Set((await dockerHosts(course.engine, chosen)).map(({ Id }) => Id));
  const learner = await Learner.arrive(course.url);
  await using opened = new AsyncDisposableStack();
  const session = opened.use(await openSession(learner, chosen));
  const [host, ...others] = (await dockerHosts(course.engine, chosen)).filter(({ Id }) => !before.has(Id));
  if (host === undefined || others.length > 0) throw new Error(`Cannot tell which Docker host of ${chosen} is the session's`);
  const container = course.engine.getContainer(host.Id);
  const terminal = opened.use(learner.openTerminal(session.id));
  await terminal.waitForPrompt();
  const kept = opened.move();
  return {
    learner,
    lab: chosen,
    session: session.id,
    terminal,
    container,
    openBareTerminal: (command) => openBareTerminal(container, command),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
