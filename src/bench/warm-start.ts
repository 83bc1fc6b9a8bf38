import { Learner } from './learner.ts';
import type { Measurement } from './measurement.ts';
import { timeStart, type StartTimes } from './session-start.ts';
import { waitForWarmPool } from './warm-pool.ts';

const maxMisses = 3;

/** From the click to a working Docker host when a sandbox is ready; the pool is refilled between two starts. */
export const warmStart: Measurement = {
  name: 'warm-start',
  warm: 1,
  async run({ course, results, times, say }) {
    const labs = await course.startableLabs(say);
    const learner = await Learner.arrive(course.url);
    const starts: StartTimes[] = [];
    for (let misses = 0; starts.length < times(10, 3);) {
      await waitForWarmPool(course, labs);
      const start = await timeStart(learner, labs[starts.length % labs.length] ?? '');
      await learner.endSession(start.session);
      if (start.wasWarm) starts.push(start);
      else if (++misses > maxMisses) throw new Error('No sandbox was ready although one should have been');
    }
    results.recordPercentiles(
      starts.map((start) => start.sessionMs),
      { 'warm-start.session-p50': 50 },
    );
    results.recordPercentiles(
      starts.map((start) => start.promptMs),
      { 'warm-start.prompt-p50': 50, 'warm-start.prompt-p95': 95 },
    );
    results.recordPercentiles(
      starts.map((start) => start.dockerInfoMs),
      { 'warm-start.docker-info-p50': 50, 'warm-start.docker-info-p95': 95 },
    );
  },
};
