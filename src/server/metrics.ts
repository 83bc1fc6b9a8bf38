import type { SessionState } from '#protocol/api.ts';
import type { KeeperHealth } from '#protocol/keeper.ts';
import type { CheckCause } from './checks/check-schedule.ts';

/** Counts what happens, and writes it in the text format of Prometheus. */
export interface Metrics {
  countCheck(cause: CheckCause, outcome: 'done' | 'failed', seconds: number): void;
  /** `keeper`: undefined when it does not answer. */
  write(now: {
    sessions: Record<SessionState, number>;
    connections: { events: number; terminal: number };
    keeper: Pick<KeeperHealth, 'sandboxes' | 'warm' | 'sleeping'> | undefined;
  }): string;
}

const bucketSeconds = [0.1, 0.25, 0.5, 0.8, 1, 2, 3, 5, 10, 15, 20];

export function createMetrics(): Metrics {
  const checks = new Map<string, number>();
  const buckets = bucketSeconds.map(() => 0);
  let durationCount = 0;
  let durationSum = 0;
  return {
    countCheck(cause, outcome, seconds) {
      const labels = `cause="${cause}",outcome="${outcome}"`;
      checks.set(labels, (checks.get(labels) ?? 0) + 1);
      bucketSeconds.forEach((limit, index) => {
        if (seconds <= limit) buckets[index] = (buckets[index] ?? 0) + 1;
      });
      durationCount += 1;
      durationSum += seconds;
    },
    write: ({ sessions, connections, keeper }) =>
      [
        ...family('schott_sessions', 'gauge', 'Sessions by state.'),
        ...Object.entries(sessions).map(([state, number]) => `schott_sessions{state="${state}"} ${number}`),
        ...family('schott_checks_total', 'counter', 'Checks by cause and outcome.'),
        ...[...checks].map(([labels, number]) => `schott_checks_total{${labels}} ${number}`),
        ...family('schott_check_duration_seconds', 'histogram', 'Time from asking the keeper for a check to its result.'),
        ...bucketSeconds.map((limit, index) => `schott_check_duration_seconds_bucket{le="${limit}"} ${buckets[index]}`),
        `schott_check_duration_seconds_bucket{le="+Inf"} ${durationCount}`,
        `schott_check_duration_seconds_sum ${durationSum}`,
        `schott_check_duration_seconds_count ${durationCount}`,
        ...family('schott_websocket_connections', 'gauge', 'Open WebSocket connections by kind.'),
        `schott_websocket_connections{kind="events"} ${connections.events}`,
        `schott_websocket_connections{kind="terminal"} ${connections.terminal}`,
        ...family('schott_keeper_up', 'gauge', 'Whether the keeper answers.'),
        `schott_keeper_up ${Number(keeper !== undefined)}`,
        ...sandboxes(keeper),
        '',
      ].join('\n'),
  };
}

function sandboxes(keeper: Pick<KeeperHealth, 'sandboxes' | 'warm' | 'sleeping'> | undefined): string[] {
  if (keeper === undefined) return [];
  return [
    ...family('schott_sandboxes', 'gauge', 'Sandboxes of sessions, and warm ones that stand ready.'),
    `schott_sandboxes{kind="session"} ${keeper.sandboxes}`,
    `schott_sandboxes{kind="warm"} ${keeper.warm}`,
    ...family('schott_sandboxes_sleeping', 'gauge', 'Sandboxes of either kind that sleep because nobody uses them.'),
    `schott_sandboxes_sleeping ${keeper.sleeping}`,
  ];
}

function family(name: string, type: 'counter' | 'gauge' | 'histogram', help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
