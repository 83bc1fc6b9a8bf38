import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Supervised {
  /** Resolves with what the process told us when it was up for the first time; rejects when it ended before. */
  readonly up: Promise<unknown>;
  /** From now on its end is not a surprise: it is not started again. */
  expectEnd(): void;
  /** Ends it and waits. */
  stop(): Promise<void>;
}

/** Keeps a process running: started again when it ends unasked, after a growing pause. `start` gives it an IPC channel. */
export function supervise(name: string, start: () => ChildProcess): Supervised {
  let child: ChildProcess;
  let isStopping = false;
  let pauseMs = 200;
  let announce: (message: unknown) => void = () => undefined;
  let giveUp: (error: Error) => void = () => undefined;
  let wasUp = false;
  const up = new Promise<unknown>((resolve, reject) => {
    announce = resolve;
    giveUp = reject;
  });
  const launch = (): void => {
    // Told to stop in the pause before it was to be started again.
    if (isStopping) return;
    child = start();
    child.on('message', (message) => {
      if (isFailure(message)) {
        giveUp(new Error(message.reason));
        return;
      }
      wasUp = true;
      announce(message);
      setTimeout(() => (pauseMs = 200), 10_000).unref();
    });
    child.on('error', giveUp);
    child.on('exit', (code, signal) => {
      if (isStopping) return;
      if (!wasUp) {
        giveUp(new Error(`the ${name} ended before it was up (${signal ?? `exit status ${code}`})`));
        return;
      }
      console.error(`The ${name} ended (${signal ?? `exit status ${code}`}); starting it again.`);
      setTimeout(launch, pauseMs);
      pauseMs = Math.min(pauseMs * 2, 5000);
    });
  };
  launch();
  return {
    up,
    expectEnd() {
      isStopping = true;
    },
    async stop() {
      isStopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await Promise.race([exit, sleep(60_000).then(() => child.kill('SIGKILL'))]);
      await exit;
    },
  };
}

/** A process that cannot start says why before it ends. */
function isFailure(message: unknown): message is { type: 'failed'; reason: string } {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'failed' && 'reason' in message;
}
