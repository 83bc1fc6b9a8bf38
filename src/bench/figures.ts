export interface FigureDefinition {
  readonly what: string;
  readonly unit: 'ms' | 's' | 'MB/s' | 'MiB' | 'kB' | 'ratio' | 'sandboxes' | 'failures' | 'verdicts' | 'learners';
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

  'check.flips': { what: 'verdicts that change although nothing has changed', unit: 'verdicts', target: { atMost: 0 } },

  'docker-event.noticed-p50': { what: 'docker command → check begins', unit: 'ms' },
  'docker-event.checked-p50': { what: 'docker command → verdicts on the events WebSocket', unit: 'ms' },
  'docker-event.checked-p95': { what: 'docker command → verdicts on the events WebSocket', unit: 'ms', target: { atMost: 1500 } },

  'echo.terminal-p50': { what: "keystroke → echo, course's terminal", unit: 'ms' },
  'echo.terminal-p95': { what: "keystroke → echo, course's terminal", unit: 'ms' },
  'echo.bare-p50': { what: 'keystroke → echo, bare docker exec with a terminal', unit: 'ms' },
  'echo.bare-p95': { what: 'keystroke → echo, bare docker exec with a terminal', unit: 'ms' },
  'echo.added-p50': { what: 'echo added by the course (difference of the medians)', unit: 'ms' },
  'echo.added-p95': { what: 'echo added by the course (difference of the 95th percentiles), idle', unit: 'ms', target: { atMost: 10 } },

  'busy.sandboxes': { what: 'sandboxes that burn processor, memory, processes and disk meanwhile', unit: 'sandboxes', target: { atLeast: 10 } },
  'busy.answer-p50': { what: 'API request → answer, while they burn', unit: 'ms' },
  'busy.answer-p95': { what: 'API request → answer, while they burn', unit: 'ms', target: { atMost: 200 } },
  'busy.page-p95': { what: 'lesson page → whole HTML, while they burn', unit: 'ms', target: { atMost: 200 } },
  'busy.echo-p50': { what: "keystroke → echo in one more learner's terminal, while they burn", unit: 'ms' },
  'busy.echo-p95': { what: "keystroke → echo in one more learner's terminal, while they burn", unit: 'ms', target: { atMost: 30 } },
  'busy.bare-echo-p95': { what: 'the same through bare docker exec', unit: 'ms' },
  'busy.added-p95': { what: 'echo added by the course (difference of the 95th percentiles), while they burn', unit: 'ms', target: { atMost: 30 } },
  'busy.prompt': { what: 'click → prompt of that learner, while they burn', unit: 'ms' },

  'burst.failures': { what: '30 starts in 10 s, nothing warm: learners without a prompt', unit: 'failures', target: { atMost: 0 } },
  'burst.without-place': { what: 'learners who waited and were shown no place in the queue', unit: 'learners', target: { atMost: 0 } },
  'burst.place-max': { what: 'last place in the queue that was shown', unit: 'learners' },
  'burst.prompt-first': { what: 'click → prompt in the burst, the first', unit: 's' },
  'burst.prompt-p50': { what: 'click → prompt in the burst, waiting included', unit: 's' },
  'burst.prompt-max': { what: 'click → prompt in the burst, the last', unit: 's' },
  'burst.all': { what: 'first click → everybody has a prompt', unit: 's' },

  'throughput.terminal': { what: 'one terminal, acknowledging as the page does', unit: 'MB/s', target: { atLeast: 20 } },
  'throughput.bare': { what: 'the same output through bare docker exec with a terminal', unit: 'MB/s' },

  'interrupt.prompt-p50': { what: 'Ctrl-C under a flood → prompt', unit: 'ms' },
  'interrupt.prompt-max': { what: 'Ctrl-C under a flood → prompt', unit: 'ms', target: { atMost: 250 } },

  'reattachment.server-max': { what: 'server killed -9 → terminal attached again, same shell', unit: 'ms', target: { atMost: 5000 } },
  'reattachment.keeper-max': { what: 'keeper killed -9 → terminal attached again, same shell', unit: 'ms', target: { atMost: 5000 } },

  'memory.available': { what: 'one more idle sandbox: what it takes for itself (MemAvailable)', unit: 'MiB' },
  'memory.pss': { what: 'one more idle sandbox: its processes (PSS), the kernel not counted', unit: 'MiB' },
  'memory.file-used': { what: 'one more idle sandbox: file pages in use by its processes', unit: 'MiB' },
  'memory.file': { what: 'one more idle sandbox: file pages in memory, in use or not', unit: 'MiB' },
  'memory.sandboxes-per-gib': { what: 'idle sandboxes per GiB (MemAvailable and file pages in use)', unit: 'sandboxes', target: { atLeast: 10 } },
  'memory.sandboxes-per-gib-pss': { what: 'idle sandboxes per GiB (PSS)', unit: 'sandboxes', target: { atLeast: 10 } },
  'memory.sandboxes-per-gib-file': { what: 'idle sandboxes per GiB, all file pages counted', unit: 'sandboxes', target: { atLeast: 5 } },

  'page.javascript': { what: 'JavaScript of the heaviest lesson page, uncompressed', unit: 'kB', target: { atMost: 60 } },
  'page.javascript-gzip': { what: 'JavaScript of the heaviest lesson page, gzip', unit: 'kB', target: { atMost: 60 } },
} as const satisfies Record<`${string}.${string}`, FigureDefinition>;

export type FigureId = keyof typeof figures;
