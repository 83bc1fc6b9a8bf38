import type { KillKind } from './kills.ts';

export interface Kill {
  readonly kind: KillKind;
  readonly at: number;
  /** Set when it was aimed at one sandbox. */
  readonly sandbox: string | undefined;
}

/** What happened in a run: kills, what they may excuse, and what must not have happened. */
export interface Ledger {
  readonly kills: readonly Kill[];
  readonly violations: readonly string[];
  /** Sessions that a kill took with it, as it may. */
  readonly lost: readonly string[];
  /** Milliseconds from each kill to a course that says it is well. */
  readonly recoveries: ReadonlyMap<KillKind, number[]>;
  noteKill(kind: KillKind, sandbox?: string): void;
  noteRecovery(kind: KillKind, milliseconds: number): void;
  noteViolation(text: string): void;
  noteLost(text: string): void;
  /** May a session have failed that asked for its sandbox at `askedAt`? Only with its sandbox, or when it had none yet and somebody was killed who was making it. */
  mayHaveFailed(sandbox: string | undefined, askedAt: number, wasReady: boolean): boolean;
  /** May a sandbox's shell have been replaced since then? */
  mayHaveNewShell(sandbox: string | undefined, since: number): boolean;
}

/** Before this, what was killed may still show its effect on a session that asks only now. */
const slackMs = 30_000;
const lethal: readonly KillKind[] = ['docker-host', 'shim'];
const makers: readonly KillKind[] = ['server', 'keeper', 'engine', 'containerd', 'nested-docker', 'nested-containerd'];

export function openLedger(): Ledger {
  const kills: Kill[] = [];
  const violations: string[] = [];
  const lost: string[] = [];
  const recoveries = new Map<KillKind, number[]>();
  const has = (kinds: readonly KillKind[], since: number, sandbox?: string): boolean =>
    kills.some((kill) => kinds.includes(kill.kind) && kill.at >= since && (kill.sandbox === undefined || sandbox === undefined || kill.sandbox === sandbox));
  return {
    kills,
    violations,
    lost,
    recoveries,
    noteKill: (kind, sandbox) => void kills.push({ kind, at: Date.now(), sandbox }),
    noteRecovery: (kind, milliseconds) => void recoveries.set(kind, [...(recoveries.get(kind) ?? []), milliseconds]),
    noteViolation: (text) => void violations.push(text),
    noteLost: (text) => void lost.push(text),
    mayHaveFailed: (sandbox, askedAt, wasReady) =>
      (sandbox !== undefined && has(lethal, 0, sandbox)) || (!wasReady && has([...lethal, ...makers], askedAt - slackMs)),
    mayHaveNewShell: (sandbox, since) => sandbox === undefined || has([...lethal, 'pty-host'], since, sandbox),
  };
}
