import { defineConfig } from 'vitest/config';

/**
 * unit     no root, no engine
 * sandbox  the real engine: isolation, limits, terminals, recovery, the native programs
 * labs     the verify matrix of every lab
 * e2e      a learner's journeys in a real Chromium
 * The last three share two cores: they run one after the other, one file at a time.
 */
export default defineConfig({
  test: {
    maxConcurrency: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'content/*.test.ts', 'sandbox/**/*.test.ts'],
          exclude: ['src/e2e/**', 'sandbox/native/**', 'sandbox/**/*.sandbox.test.ts'],
          sequence: { groupOrder: 0 },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'sandbox',
          include: ['sandbox/**/*.sandbox.test.ts', 'sandbox/native/*.test.ts'],
          globalSetup: ['sandbox/testing/hold-engine.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'labs',
          include: ['labs/**/*.test.ts'],
          maxConcurrency: 2,
          globalSetup: ['sandbox/testing/hold-engine.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 300_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['src/e2e/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 180_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
