import { openDesk } from './desk.ts';
import { timeEchoes } from './echo.ts';
import type { Measurement } from './measurement.ts';
import { percentile } from './statistics.ts';

/** Keystrokes in the course's terminal and in a bare `docker exec`, with nothing else going on. */
export const echoLatency: Measurement = {
  name: 'echo',
  warm: 0,
  async run(bench) {
    await using desk = await openDesk(bench);
    const { terminal, bare } = await timeEchoes(desk, bench.times(400, 200));
    bench.results.recordPercentiles(terminal, { 'echo.terminal-p50': 50, 'echo.terminal-p95': 95 });
    bench.results.recordPercentiles(bare, { 'echo.bare-p50': 50, 'echo.bare-p95': 95 });
    bench.results.record('echo.added-p50', percentile(terminal, 50) - percentile(bare, 50), { samples: bare.length });
    bench.results.record('echo.added-p95', percentile(terminal, 95) - percentile(bare, 95), { samples: bare.length });
  },
};
