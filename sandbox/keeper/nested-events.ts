import type { Readable } from 'node:stream';
import { probeLabel } from '../checker/twin.ts';
import { probeMark } from '../checker/run-checks.ts';
import { connectNestedEngine } from '../engine/nested-engine.ts';
import type { SandboxParts } from './sandbox-parts.ts';

/** What may change a verdict; `exec_*`, `top`, `attach` and the like do not, nor does `oom`: attacks cause it. */
const telling =
  /^(create|start|die|destroy|stop|kill|pause|unpause|restart|update|rename|connect|disconnect|tag|untag|delete|import|load|reload|prune|mount|unmount)$/;

const retryMs = 700;
/** Whoever sends events without end, or is no engine at all, is left alone for a while. */
const afterFloodMs = 5000;
const maxLinesInSecond = 2000;
/** Read on one connection; then comes the next. */
const maxBytes = 4 * 1024 * 1024;
const maxLineLength = 100_000;
const maxOwn = 1000;
/** Between two that are told. */
const pauseMs = 50;

/**
 * Follows the events of the nested engine, across its restarts, as long as somebody watches. `onEvent` gets the action, the last one when several come
 * at once; what the checker itself does in there is left out.
 */
export function followNestedEvents(parts: SandboxParts, onEvent: (action: string) => void): Disposable {
  let isOver = false;
  let stream: Readable | undefined;
  let timer: NodeJS.Timeout | undefined;
  const told = spaced(onEvent);
  const own = new Set<string>();

  const connect = async (): Promise<void> => {
    let wait = retryMs;
    try {
      const nested = connectNestedEngine(async () => (await (await parts.relay('dockerhost')).connectUnix('/var/run/docker.sock')).socket, maxBytes);
      stream = (await nested.getEvents()) as Readable;
      if (isOver) stream.destroy();
      else if ((await readLines(stream, handle)) === 'flood') wait = afterFloodMs;
      if (!isOver) told.tell('reload');
    } catch {
      // The nested engine is down or being restarted; look again soon.
    }
    if (!isOver) timer = setTimeout(() => void connect(), wait);
  };

  const handle = (line: string): void => {
    const event = parse(line);
    const action = typeof event.Action === 'string' ? (event.Action.split(':')[0] ?? '') : '';
    const { ID = '', Attributes } = event.Actor ?? {};
    if (Attributes?.[probeLabel] === probeMark) {
      if (own.size === maxOwn) own.clear();
      own.add(ID);
    }
    if (own.has(ID) || own.has(Attributes?.['container'] ?? '')) return;
    if (telling.test(action)) told.tell(action);
  };

  void connect();
  return {
    [Symbol.dispose]() {
      isOver = true;
      clearTimeout(timer);
      told[Symbol.dispose]();
      stream?.destroy();
    },
  };
}

/** Calls `onLine` with each line until the stream ends, or until there are too many: it comes from a hostile place. */
function readLines(stream: Readable, onLine: (line: string) => void): Promise<'end' | 'flood'> {
  let rest = '';
  let lines = 0;
  let second = 0;
  return new Promise((resolve) => {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const now = Math.floor(Date.now() / 1000);
      if (now !== second) [second, lines] = [now, 0];
      rest += text;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        if (++lines > maxLinesInSecond) break;
        onLine(rest.slice(0, end));
        rest = rest.slice(end + 1);
      }
      if (lines <= maxLinesInSecond && rest.length <= maxLineLength) return;
      stream.destroy();
      resolve('flood');
    });
    for (const end of ['close', 'end', 'error']) stream.once(end, () => resolve('end'));
  });
}

interface EngineEvent {
  readonly Action?: unknown;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
}

function parse(line: string): EngineEvent {
  try {
    return (JSON.parse(line) ?? {}) as EngineEvent;
  } catch {
    return {};
  }
}

/** Passes on what it is told, at once when nothing came shortly before, else the last of several after a pause. */
function spaced(onEvent: (action: string) => void): { tell(action: string): void } & Disposable {
  let waiting: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  const tell = (action: string): void => {
    if (timer !== undefined) {
      waiting = action;
      return;
    }
    onEvent(action);
    timer = setTimeout(() => {
      timer = undefined;
      const last = waiting;
      waiting = undefined;
      if (last !== undefined) tell(last);
    }, pauseMs);
  };
  return { tell, [Symbol.dispose]: () => clearTimeout(timer) };
}
