export interface FigureDefinition {
  readonly what: string;
  readonly unit: 'ms' | 'MB/s' | 'MiB' | 'kB' | 'ratio' | 'sandboxes';
  /** From the table "Numbers" of the design; absent where that has none. */
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
}

/** Every figure the bench knows. The first part of an id is the name of the measurement that gives it. */
export const figures = {
  'warm-start.session-p50': { what: 'click → session answered, warm', unit: 'ms' },
  'warm-start.prompt-p50': { what: 'click → prompt, warm', unit: 'ms' },
  'warm-start.prompt-p95': { what: 'click → prompt, warm', unit: 'ms' },
  'warm-start.docker-info-p50': { what: 'click → prompt and docker info answered, warm', unit: 'ms', target: { atMost: 300 } },
  'warm-start.docker-info-p95': { what: 'click → prompt and docker info answered, warm', unit: 'ms', target: { atMost: 1000 } },

  'cold-start.prompt-p50': { what: 'click → prompt, nothing warm', unit: 'ms' },
  'cold-start.prompt-p95': { what: 'click → prompt, nothing warm', unit: 'ms' },
  'cold-start.docker-info-p50': { what: 'click → prompt and docker info answered, nothing warm', unit: 'ms' },
  'cold-start.docker-info-p95': { what: 'click → prompt and docker info answered, nothing warm', unit: 'ms' },
  'cold-start.bare-run-p50': { what: 'bare docker run of the same image, same engine', unit: 'ms' },
  'cold-start.bare-engine-p50': { what: 'bare nested dockerd in it, until docker info answers', unit: 'ms' },
  'cold-start.ratio': { what: 'cold start ÷ (bare docker run + bare nested dockerd), median of pairs', unit: 'ratio', target: { atMost: 1.2 } },

  'check.start-p50': { what: 'check button → verdicts, lab as it opens', unit: 'ms' },
  'check.start-p95': { what: 'check button → verdicts, lab as it opens', unit: 'ms', target: { atMost: 3000 } },
  'check.solved-p50': { what: 'check button → verdicts, lab solved', unit: 'ms' },
  'check.solved-p95': { what: 'check button → verdicts, lab solved', unit: 'ms', target: { atMost: 3000 } },

  'docker-event.noticed-p50': { what: 'docker command → check begins', unit: 'ms' },
  'docker-event.checked-p50': { what: 'docker command → verdicts on the events WebSocket', unit: 'ms' },
  'docker-event.checked-p95': { what: 'docker command → verdicts on the events WebSocket', unit: 'ms', target: { atMost: 1500 } },

  'echo.terminal-p50': { what: "keystroke → echo, course's terminal", unit: 'ms' },
  'echo.terminal-p95': { what: "keystroke → echo, course's terminal", unit: 'ms' },
  'echo.bare-p50': { what: 'keystroke → echo, bare docker exec with a terminal', unit: 'ms' },
  'echo.bare-p95': { what: 'keystroke → echo, bare docker exec with a terminal', unit: 'ms' },
  'echo.added-p50': { what: 'echo added by the course (difference of the medians)', unit: 'ms' },
  'echo.added-p95': { what: 'echo added by the course (difference of the 95th percentiles), idle', unit: 'ms', target: { atMost: 10 } },

  'throughput.terminal': { what: 'one terminal, acknowledging as the page does', unit: 'MB/s', target: { atLeast: 20 } },
  'throughput.bare': { what: 'the same output through bare docker exec with a terminal', unit: 'MB/s' },

  'interrupt.prompt-p50': { what: 'Ctrl-C under a flood → prompt', unit: 'ms' },
  'interrupt.prompt-max': { what: 'Ctrl-C under a flood → prompt', unit: 'ms', target: { atMost: 250 } },

  'reattachment.server-max': { what: 'server killed -9 → terminal attached again, same shell', unit: 'ms', target: { atMost: 5000 } },
  'reattachment.keeper-max': { what: 'keeper killed -9 → terminal attached again, same shell', unit: 'ms', target: { atMost: 5000 } },

  'memory.anon': { what: 'idle warm sandbox, anonymous memory (both containers)', unit: 'MiB' },
  'memory.file': { what: 'idle warm sandbox, file pages (both containers)', unit: 'MiB' },
  'memory.sandboxes-per-gib': { what: 'idle warm sandboxes per GiB (anonymous + file)', unit: 'sandboxes', target: { atLeast: 5 } },

  'page.javascript': { what: 'JavaScript of the heaviest lesson page, uncompressed', unit: 'kB', target: { atMost: 60 } },
  'page.javascript-gzip': { what: 'JavaScript of the heaviest lesson page, gzip', unit: 'kB', target: { atMost: 60 } },
} as const satisfies Record<`${string}.${string}`, FigureDefinition>;

export type FigureId = keyof typeof figures;
