import { expect, test } from 'vitest';
import { limitsFor } from './sandbox-limits.ts';

const gibibyte = 1024 ** 3;
const machines = {
  'a small virtual machine': { cores: 1, memoryBytes: 2 * gibibyte },
  'a laptop': { cores: 4, memoryBytes: 8 * gibibyte },
  'a small server': { cores: 2, memoryBytes: 23.5 * gibibyte },
  'a large server': { cores: 32, memoryBytes: 256 * gibibyte },
};

test.each(Object.entries(machines))('%s keeps a reserve, and one sandbox alone cannot meet the limit of all', (_name, machine) => {
  const { dockerHost, attacker, bake, allMemoryBytes } = limitsFor(machine);
  expect(machine.memoryBytes - allMemoryBytes).toBeGreaterThanOrEqual(gibibyte);
  expect(dockerHost.memoryBytes + attacker.memoryBytes).toBeLessThanOrEqual(allMemoryBytes);
  for (const limits of [dockerHost, attacker, bake]) {
    expect(limits.cpuCores).toBeLessThanOrEqual(machine.cores);
    expect(limits.reservedMemoryBytes).toBeLessThan(limits.memoryBytes);
    expect(limits.memoryBytes % 65_536).toBe(0);
  }
});

test('a Docker host is no larger on a larger machine than a lab needs', () => {
  expect(limitsFor(machines['a large server']).dockerHost).toEqual(limitsFor(machines['a laptop']).dockerHost);
});
