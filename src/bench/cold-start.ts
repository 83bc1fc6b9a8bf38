import { timeBareStart, type BareStartTimes } from './bare-start.ts';
import { onlyDockerHost } from './docker-hosts.ts';
import { Learner } from './learner.ts';
import type { Measurement } from './measurement.ts';
import { timeStart, type StartTimes } from './session-start.ts';

/** From the click to a working Docker host when none is ready, beside a bare start of the same image, by turns. */
export const coldStart: Measurement = {
  name: 'cold-start',
  warm: 0,
  async run({ course, results, times, say }) {
    const labs = await course.startableLabs(say);
    const learner = await Learner.arrive(course.url);
    const pairs: { cold: StartTimes; bare: BareStartTimes }[] = [];
    while (pairs.length < times(6, 2)) {
      const lab = labs[pairs.length % labs.length] ?? '';
      const cold = await timeStart(learner, lab);
      const { image } = await onlyDockerHost(course.engine, lab);
      await learner.endSession(cold.session);
      pairs.push({ cold, bare: await timeBareStart(course, lab, image) });
    }
    results.recordPercentiles(
      pairs.map(({ cold }) => cold.promptMs),
      { 'cold-start.prompt-p50': 50, 'cold-start.prompt-p95': 95 },
    );
    results.recordPercentiles(
      pairs.map(({ cold }) => cold.dockerInfoMs),
      { 'cold-start.docker-info-p50': 50, 'cold-start.docker-info-p95': 95 },
    );
    results.recordPercentiles(
      pairs.map(({ bare }) => bare.runMs),
      { 'cold-start.bare-run-p50': 50 },
    );
    results.recordPercentiles(
      pairs.map(({ bare }) => bare.engineMs),
      { 'cold-start.bare-engine-p50': 50 },
    );
    results.recordPercentiles(
      pairs.map(({ cold, bare }) => cold.dockerInfoMs / (bare.runMs + bare.engineMs)),
      { 'cold-start.ratio': 50 },
    );
  },
};
