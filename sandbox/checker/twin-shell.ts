import { PassThrough } from 'node:stream';
import type { Duplex } from 'node:stream';
import { Inconclusive } from '#lab';

export interface ShellResult {
  readonly ok: boolean;
  readonly output: string;
  readonly exitCode: number;
}

/** A program that has said `held <word>` and now waits for a line. */
export interface HeldProgram {
  /** As the kernel should show its command line. */
  readonly command: string;
}

export interface TwinShell {
  run(script: string, timeoutMs: number): Promise<ShellResult>;
  /** Runs a program that says everything, then `held <word>`, and stays until it has been looked at. Gives what it said before. */
  hold(command: (word: string) => string, look: (held: HeldProgram) => Promise<void>, timeoutMs: number): Promise<ShellResult>;
  close(): void;
}

const maxOutputCharacters = 4 * 1024 * 1024;

/** Runs scripts one after the other in a shell that reads from a stream. */
export function shellOn(stream: Duplex, demultiplex: (from: Duplex, to: PassThrough) => void): TwinShell {
  const said = listenTo(stream, demultiplex);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (run: () => Promise<ShellResult>): Promise<ShellResult> => {
    const result = last.then(run);
    last = result.catch(() => undefined);
    return result;
  };

  const runNow = async (script: string, timeoutMs: number): Promise<ShellResult> => {
    const token = newToken();
    said.forget();
    stream.write(`sh -c "$(cat <<'${token}'\n${script}\n${token}\n)" < /dev/null 2>&1; echo "${token} $?"\n`);
    const match = await said.match(new RegExp(`${token} (\\d+)\\n`), Date.now() + timeoutMs, timeoutMs);
    return resultOf(match);
  };

  const holdNow: TwinShell['hold'] = async (commandFor, look, timeoutMs) => {
    const [token, word] = [newToken(), newToken()];
    const command = commandFor(word);
    const deadline = Date.now() + timeoutMs;
    said.forget();
    // One line, so that the shell has read all of it when the program starts, and what comes next is the program's.
    stream.write(`${command}; echo "${token} $?"\n`);
    const held = await said.match(new RegExp(`held ${word}\\n|${token} (\\d+)\\n`), deadline, timeoutMs);
    if (held[1] !== undefined) {
      if (held[1] === '2') return resultOf(held);
      throw new Inconclusive('twin-failed', [`${command.split(' ')[0]} ended with ${held[1]}: "${said.tail()}"`]);
    }
    const output = held.input.slice(0, held.index);
    try {
      await look({ command });
    } finally {
      stream.write('\n');
    }
    const ended = await said.match(new RegExp(`${token} (\\d+)\\n`), deadline, timeoutMs);
    return { ...resultOf(ended), output };
  };

  return {
    run: (script, timeoutMs) => inTurn(() => runNow(script, timeoutMs)),
    hold: (command, look, timeoutMs) => inTurn(() => holdNow(command, look, timeoutMs)),
    close: () => stream.destroy(),
  };
}

interface Said {
  forget(): void;
  tail(): string;
  match(pattern: RegExp, deadline: number, timeoutMs: number): Promise<RegExpExecArray>;
}

function listenTo(stream: Duplex, demultiplex: (from: Duplex, to: PassThrough) => void): Said {
  const output = new PassThrough();
  demultiplex(stream, output);
  for (const event of ['error', 'end', 'close']) stream.on(event, () => output.end());
  let collected = '';
  let ended = false;
  let notify = (): void => undefined;
  output.setEncoding('utf8');
  output.on('data', (text: string) => {
    if (collected.length < maxOutputCharacters) collected += text;
    notify();
  });
  output.on('end', () => {
    ended = true;
    notify();
  });
  return {
    forget() {
      collected = '';
    },
    tail: () => collected.trim().slice(-200),
    async match(pattern, deadline, timeoutMs) {
      for (;;) {
        const match = pattern.exec(collected);
        if (match !== null) return match;
        const left = deadline - Date.now();
        if (ended || left <= 0)
          throw new Inconclusive('twin-failed', [`${ended ? 'the copy ended' : `no end within ${timeoutMs} ms`}; it said "${collected.trim().slice(-200)}"`]);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          notify = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
  };
}

function resultOf(match: RegExpExecArray): ShellResult {
  const exitCode = Number(match[1]);
  return { ok: exitCode === 0, exitCode, output: match.input.slice(0, match.index) };
}

function newToken(): string {
  return `t${Math.random().toString(36).slice(2)}${Date.now().toString(36)}`;
}
