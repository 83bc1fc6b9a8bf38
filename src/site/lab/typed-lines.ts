/** What lines are typed into. */
interface TypingTarget {
  /** Types text; false when it could not be taken. */
  type(text: string): boolean;
  /** Counts everything the shell has shown so far. */
  outputCount(): number;
  /** Is a prompt waiting for input, and nothing typed after it? */
  isAtPrompt(): boolean;
}

const lookEveryMs = 50;
const quietMs = 120;
/** A shell that has just been started gets this long to show its prompt. */
const firstPromptMs = 1500;

/**
 * Types `lines` one after the other, each with Enter, the next one when the prompt is back: a command that reads its input
 * must not swallow the line after it. Resolves to false when the prompt did not come back within `patienceMs`.
 */
export async function typeLines(lines: readonly string[], target: TypingTarget, signal: AbortSignal, patienceMs = 60_000): Promise<boolean> {
  for (const giveUp = Date.now() + firstPromptMs; !target.isAtPrompt() && Date.now() < giveUp;) await pause(lookEveryMs);
  for (const [index, line] of lines.entries()) {
    const before = target.outputCount();
    if (!target.type(`${line}\r`)) return false;
    const isLast = index === lines.length - 1;
    if (!isLast && !(await promptIsBack(target, before, signal, patienceMs))) return signal.aborted;
  }
  return true;
}

async function promptIsBack(target: TypingTarget, before: number, signal: AbortSignal, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  let seen = before;
  let quietSince = Date.now();
  while (Date.now() < deadline && !signal.aborted) {
    await pause(lookEveryMs);
    if (target.outputCount() !== seen) {
      seen = target.outputCount();
      quietSince = Date.now();
    } else if (seen !== before && Date.now() - quietSince >= quietMs && target.isAtPrompt()) {
      return !signal.aborted;
    }
  }
  return false;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
