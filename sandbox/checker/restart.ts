import { setTimeout as sleep } from 'node:timers/promises';
import { NotYet } from '#lab';
import { statusOf } from '../engine/connection.ts';
import { connectToGenuineDockerd } from './genuine-dockerd.ts';
import { signalProcess } from './signal-process.ts';
import type { Subject } from './subject.ts';

const defaultLimitMs = 30_000;
const betweenTriesMs = 100;
const oneAnswerMs = 3000;

/**
 * Ends the genuine dockerd with SIGTERM and waits until another genuine one answers, as it does when the service manager starts it again.
 * Throws NotYet (`engine-down`, with what the last try came to) when none does in time, and NotYet (`tools-changed`) when there is no genuine one at the start.
 */
export async function restartEngine(subject: Subject, limitMs: number = defaultLimitMs): Promise<void> {
  const deadline = Date.now() + limitMs;
  const before = await peerOf(subject);
  // The shell of a twin ignores SIGTERM, and dockerd would wait ten seconds for it.
  await Promise.all(
    [...subject.ownContainers].map((id) =>
      subject.nested
        .getContainer(id)
        .kill()
        .catch(() => undefined),
    ),
  );
  signalProcess(before, subject.frame.cgroup, 'SIGTERM');
  let last = `dockerd, pid ${before}, was asked to end`;
  while (Date.now() < deadline) {
    subject.signal.throwIfAborted();
    try {
      const now = await peerOf(subject);
      if (now === before) last = `dockerd, pid ${before}, still runs`;
      else {
        await withLimit(subject.nested.ping(), Math.min(oneAnswerMs, deadline - Date.now()));
        return;
      }
    } catch (error) {
      last = error instanceof NotYet ? (error.evidence[0] ?? error.message) : error instanceof Error ? error.message : String(error);
    }
    await sleep(betweenTriesMs);
  }
  throw new NotYet('engine-down', [`no other dockerd answers within ${limitMs / 1000} s after a SIGTERM to pid ${before}`, last]);
}

/** Restarts a container through the nested engine. Throws NotYet (`role-missing`) when it is gone or does not start. */
export async function restartContainer(subject: Subject, id: string): Promise<void> {
  await subject.nested
    .getContainer(id)
    .restart()
    .catch((error: unknown) => {
      if (statusOf(error) === 0) throw error;
      throw new NotYet('role-missing', [`restart of ${id.slice(0, 12)}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`]);
    });
}

/** The machine's number of the genuine dockerd that listens now. */
async function peerOf(subject: Subject): Promise<number> {
  const { socket, peerPid } = await connectToGenuineDockerd(subject.parts, subject.frame.cgroup, subject.toolHashes, subject.signal);
  socket.destroy();
  return peerPid;
}

function withLimit<T>(action: Promise<T>, limitMs: number): Promise<T> {
  action.catch(() => undefined);
  return new Promise((resolve, reject) => {
    void sleep(limitMs, undefined, { ref: false }).then(() => reject(new Error(`no answer within ${limitMs} ms`)));
    action.then(resolve, reject);
  });
}
