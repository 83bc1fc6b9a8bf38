import type { SteadyTerminal } from './steady-terminal.ts';

const interrupt = '\u0003';
const clearLine = '\u0015';
/** After the line was down, an answer that was on its way comes within this time. */
const lateAnswerMs = 3000;

let commands = 0;

/**
 * Types a command and gives what it prints. When the line goes down it may have been lost on the way: then it is typed again, so it must be one that
 * can run twice. Throws when there is no answer within `limitMs`.
 */
export async function typeCommand(terminal: SteadyTerminal, command: string, limitMs: number, signal: AbortSignal): Promise<string> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline;) {
    await terminal.attached(signal);
    const mark = `m${commands++}`;
    const { attachedAt } = terminal;
    // The marks are put together by the shell: the echo of what is typed does not hold them.
    if (!terminal.type(`${clearLine}m=${mark}; echo "<$m>"; ${command}; echo "</$m>"\r`)) continue;
    const answer = (): string | undefined => new RegExp(`<${mark}>\\r\\n([^]*?)</${mark}>`).exec(terminal.text)?.[1];
    const isLost = (): boolean => terminal.attachedAt !== attachedAt && Date.now() - terminal.attachedAt > lateAnswerMs;
    await terminal.until(() => answer() !== undefined || isLost(), Math.max(0, deadline - Date.now()), signal);
    const given = answer();
    if (given !== undefined) return given.replaceAll('\r', '').trimEnd();
    terminal.type(interrupt);
  }
  throw new Error(`no answer to \`${command.slice(0, 60)}\` within ${limitMs / 1000} s; the terminal shows: ${JSON.stringify(terminal.text.slice(-300))}`);
}

/**
 * Lets the shell count until a key is pressed, about `milliseconds` long. Gives what is amiss with the numbers it has shown; undefined: nothing.
 * Only asks whether a key is waiting: a `read` that times out in the moment in which the key comes would lose it (bash).
 */
export async function countAloud(terminal: SteadyTerminal, milliseconds: number, signal: AbortSignal): Promise<string | undefined> {
  const limitMs = 90_000;
  const start = Date.now();
  let mark = '';
  for (;;) {
    await terminal.attached(signal);
    mark = `c${commands++}`;
    const loop = 'i=0; stty -icanon -echo; until read -t 0; do sleep 0.03; echo $c-$((++i)); done; read -rsn1; stty sane; echo $c-end-$i';
    terminal.type(`${interrupt}${clearLine}c=${mark}; ${loop}\r`);
    if (await terminal.until(() => terminal.text.includes(`${mark}-1\r\n`), 6000, signal)) break;
    if (Date.now() - start > limitMs) throw new Error(`the shell did not begin to count within ${limitMs / 1000} s`);
  }
  const end = new RegExp(`${mark}-end-(\\d+)\\r\\n`);
  const until = Date.now() + milliseconds;
  await terminal.until(() => Date.now() >= until, milliseconds + 1000, signal);
  while (!end.test(terminal.text)) {
    await terminal.attached(signal);
    terminal.type('q');
    await terminal.until(() => end.test(terminal.text), 4000, signal);
    if (Date.now() - start > limitMs + milliseconds)
      throw new Error(`the shell did not end its count; the terminal shows: ${JSON.stringify(terminal.text.slice(-300))}`);
  }
  const last = Number(end.exec(terminal.text)?.[1]);
  const shown = [...terminal.text.matchAll(new RegExp(`${mark}-(\\d+)\\r\\n`, 'g'))].map((match) => Number(match[1]));
  const wrong = shown.findIndex((number, index) => number !== index + 1);
  if (wrong >= 0) return `after ${wrong} lines came number ${shown[wrong]}`;
  return shown.length === last ? undefined : `${shown.length} lines were shown of ${last}`;
}
