import { setTimeout as sleep } from 'node:timers/promises';
import { compareCensuses, type CensusDifference } from '#sandbox/census/compare-censuses.ts';
import { takeCensus, type Census } from '#sandbox/census/take-census.ts';
import { takeReadings, type Reading } from '#sandbox/census/take-readings.ts';
import { containerdPid } from '#sandbox/host/containerd-process.ts';
import { enginePid } from '#sandbox/host/engine-process.ts';
import type { Course } from '../bench/course.ts';
import { waitUntilWell } from './kill-at-random.ts';

export interface Rest {
  readonly census: Census;
  /** Of the processes as they were before the keeper was started again: what they hold after their work. */
  readonly readings: Record<string, Reading>;
}

const wellLimitMs = 120_000;
const settleLimitMs = 60_000;
/** File descriptors that a process may have more: open connections of this moment. */
const spareDescriptors = 12;
/** Memory that a process may have more, in MiB: garbage that was not collected yet. */
const spareMebibytes = 96;

/**
 * Takes all sandboxes away, warm ones included, and counts what is there then. There is nothing to forgive at that moment: a container, a link or a cgroup
 * too many is one that was left behind. With `before`, waits until the census is the same, at most a minute.
 */
export async function comeToRest(course: Course, signal: AbortSignal, before?: Census): Promise<Rest> {
  const readings = await takeReadings({
    server: course.pidOf('server'),
    keeper: course.pidOf('keeper'),
    engine: await enginePid(course.instance),
    containerd: await containerdPid(course.instance),
  });
  course.setWarm(0);
  course.kill('keeper');
  if (!(await waitUntilWell(course.url, wellLimitMs, signal))) throw new Error(`Cannot count: the course is not well after ${wellLimitMs / 1000} s`);
  let census = await takeCensus(course);
  for (const deadline = Date.now() + settleLimitMs; Date.now() < deadline;) {
    await sleep(2000, undefined, { signal });
    const next = await takeCensus(course);
    const isSettled = compareCensuses(before ?? census, next).length === 0 && (before !== undefined || (next['containers'] ?? []).length === 0);
    census = next;
    if (isSettled) break;
  }
  return { census, readings };
}

/** What is more or less than before. Processes that were started again hold less; more than a little more is a leak. */
export function compareRests(before: Rest, after: Rest): CensusDifference[] {
  const grown = Object.entries(after.readings).flatMap(([process, is]) => {
    const was = before.readings[process];
    if (was === undefined) return [];
    const descriptors = { kind: 'descriptors', what: process, before: was.descriptors, after: is.descriptors };
    const memory = { kind: 'memory (MiB)', what: process, before: was.memoryMebibytes, after: is.memoryMebibytes };
    return [
      ...(is.descriptors > was.descriptors + spareDescriptors ? [descriptors] : []),
      ...(is.memoryMebibytes > was.memoryMebibytes + spareMebibytes ? [memory] : []),
    ];
  });
  return [...compareCensuses(before.census, after.census), ...grown];
}
