import { setTimeout as sleep } from 'node:timers/promises';
import { openDesk } from './desk.ts';
import type { Measurement } from './measurement.ts';

const limitMs = 120_000;
const lineBytes = 100;

/** Much output at once: through the course's terminal, and for comparison through a bare `docker exec` in the same sandbox. */
export const throughput: Measurement = {
  name: 'throughput',
  warm: 0,
  async run(bench) {
    await using desk = await openDesk(bench);
    const { results, times } = bench;
    const lines = times(2_000_000, 500_000);
    // Cheaper to make than it is to pass on, so that making it is not what is measured. The terminal turns each \n into \r\n.
    const command = `yes ${'x'.repeat(lineBytes - 1)} | head -n ${lines}`;
    const expectedBytes = lines * (lineBytes + 1);

    const seconds = await timeBytes(expectedBytes, (onBytes) => {
      desk.terminal.onOutput = (data) => onBytes(data.length);
      desk.terminal.type(`${command}\r`);
    });
    results.record('throughput.terminal', expectedBytes / 1e6 / seconds, { samples: 1 });

    using bare = await desk.openBareTerminal(['bash', '-c', `read; ${command}`]);
    await sleep(300);
    const bareSeconds = await timeBytes(expectedBytes, (onBytes) => {
      bare.stream.on('data', (data: Buffer) => onBytes(data.length));
      bare.stream.write('\r');
    });
    results.record('throughput.bare', expectedBytes / 1e6 / bareSeconds, { samples: 1 });
  },
};

/** Seconds from `begin` until so many bytes have come. */
async function timeBytes(expected: number, begin: (onBytes: (count: number) => void) => void): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let received = 0;
  const timer = setTimeout(() => reject(new Error(`Only ${received} of ${expected} bytes came within ${limitMs / 1000} s`)), limitMs);
  const startedAt = performance.now();
  begin((count) => {
    received += count;
    if (received >= expected) resolve((performance.now() - startedAt) / 1000);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
