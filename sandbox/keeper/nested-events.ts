import type { Readable } from 'node:stream';
import { probeLabel } from '../checker/twin.ts';
import { probeMark } from '../checker/run-checks.ts';
import { connectNestedEngine } from '../engine/nested-engine.ts';
import type { SandboxParts } from './sandbox-parts.ts';

/** What may change a verdict; `exec_*`, `top`, `attach` and the like do not, nor does `oom`: attacks cause it. */
const telling =
  /^(create|start|die|destroy|stop|kill|pause|unpause|restart|update|rename|connect|disconnect|tag|untag|delete|import|load|reload|prune|mount|unmount)$/;

/**
 * Follows the events of the nested engine, across its restarts, as long as somebody watches. `onEvent` gets the action; what the checker
 * itself does in there is left out.
 */
export function followNestedEvents(parts: SandboxParts, onEvent: (action: string) => void): Disposable {
  let isOver = false;
  let stream: Readable | undefined;
  let timer: NodeJS.Timeout | undefined;
  const own = new Set<string>();

  const connect = async (): Promise<void> => {
    try {
      const nested = connectNestedEngine(async () => (await (await parts.relay('dockerhost')).connectUnix('/var/run/docker.sock')).socket);
      stream = (await nested.getEvents()) as Readable;
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = (lines.pop() ?? '').slice(-100_000);
        for (const line of lines) handle(line);
      });
      await new Promise<void>((resolve) => {
        stream?.once('close', resolve);
        stream?.once('end', resolve);
        stream?.once('error', () => resolve());
      });
      if (!isOver) onEvent('reload');
    } catch {
      // The nested engine is down or being restarted; look again soon.
    }
    if (!isOver) timer = setTimeout(() => void connect(), 700);
  };

  const handle = (line: string): void => {
    let event: { Action?: unknown; Actor?: { ID?: string; Attributes?: Record<string, string> } };
    try {
      event = JSON.parse(line) as typeof event;
    } catch {
      return;
    }
    const action = typeof event.Action === 'string' ? (event.Action.split(':')[0] ?? '') : '';
    const { ID = '', Attributes = {} } = event.Actor ?? {};
    if (Attributes[probeLabel] === probeMark) own.add(ID);
    if (own.has(ID) || own.has(Attributes['container'] ?? '')) return;
    if (telling.test(action)) onEvent(action);
  };

  void connect();
  return {
    [Symbol.dispose]() {
      isOver = true;
      clearTimeout(timer);
      stream?.destroy();
    },
  };
}
