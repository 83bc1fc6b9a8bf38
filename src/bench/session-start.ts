import type { Learner } from './learner.ts';

export interface StartTimes {
  readonly session: string;
  /** Did the sandbox already run when the session was asked for? */
  readonly wasWarm: boolean;
  readonly sessionMs: number;
  readonly promptMs: number;
  readonly dockerInfoMs: number;
}

/** Starts a session as the lab page does and measures from the click until `docker info`, typed at the prompt, has answered. */
export async function timeStart(learner: Learner, lab: string): Promise<StartTimes> {
  const clickedAt = performance.now();
  const since = (): number => performance.now() - clickedAt;
  const { id, state } = await learner.startSession(lab);
  const sessionMs = since();
  try {
    using terminal = learner.openTerminal(id);
    await terminal.waitForPrompt();
    const promptMs = since();
    await terminal.run("docker info --format 'engine={{.ServerVersion}}'", /engine=\d+\.\d+/);
    return { session: id, wasWarm: state === 'ready', sessionMs, promptMs, dockerInfoMs: since() };
  } catch (error) {
    await learner.endSession(id);
    throw error;
  }
}

/** A session that is ready, with its id. Ended when disposed. */
export async function openSession(learner: Learner, lab: string): Promise<{ id: string } & AsyncDisposable> {
  const { session } = await timeStart(learner, lab);
  return { id: session, [Symbol.asyncDispose]: () => learner.endSession(session) };
}
