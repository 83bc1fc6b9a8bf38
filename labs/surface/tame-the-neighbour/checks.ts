import { Inconclusive, NotYet } from '#lab';
import type { ChecksOf, Evidence } from '#lab';
import { attackRun, type AttackRun } from './attack-run.ts';
import { filesShortcoming, twinShortcoming } from './disk.ts';
import type lab from './lab.ts';
import { isQuick, type CheckoutSample } from './latency.ts';
import { bounds, memoryText, type Shortcoming, type Tools } from './limits.ts';
import { spamShortcoming } from './log.ts';
import { restartShortcoming } from './restart.ts';
import { findThumbs, mebibyte, show } from './services.ts';
import { ulimits } from './ulimits.ts';

export default {
  async 'memory-limit'(tools) {
    const run = await attackRun(tools.sandbox);
    refuse(tools, run.shortcomings.memory);
    const { reply, oomKills } = attacked(tools, run, run.allocation);
    const evidence = [
      `memory limit in force: ${memoryText(run.limits.memoryBytes)}, with swap ${run.swapIsCounted ? memoryText(run.limits.memoryAndSwapBytes) : 'not counted by this kernel'}`,
      show(reply),
      `processes of this container killed for want of memory meanwhile: ${oomKills}`,
    ];
    if (reply.status === 0 || reply.status === 200) throw tools.notYet('memory-not-enforced', evidence);
    /* 507 and no kill: the allocation was refused, by a ulimit for example. Anything else without a kill is not the bug's own answer. */
    if (oomKills === 0 && reply.status !== 507) throw tools.notYet('bugs-gone', evidence);
    checkoutAnswers(tools, run);
    return evidence;
  },

  async 'cpu-limit'(tools) {
    const run = await attackRun(tools.sandbox);
    refuse(tools, run.shortcomings.cpu);
    const { reply, seconds, cpuSeconds, throttledPeriods } = attacked(tools, run, run.burn);
    const cores = cpuSeconds / seconds;
    const evidence = [
      `processor limit in force: ${run.limits.cpuCores} cores`,
      `4 burning processes used ${cores.toFixed(2)} cores for ${seconds.toFixed(1)} s; throttled in ${throttledPeriods} periods`,
    ];
    if (cores > 0.65) throw tools.notYet('cpu-too-large', evidence);
    if (reply.status !== 200 || cores < (run.limits.cpuCores ?? bounds.mostCores) * 0.1) throw tools.notYet('bugs-gone', [...evidence, show(reply)]);
    return evidence;
  },

  async 'process-limit'(tools) {
    const run = await attackRun(tools.sandbox);
    refuse(tools, run.shortcomings.pids);
    const { reply, mostPids } = attacked(tools, run, run.storm);
    const evidence = [`process limit in force: ${run.limits.pids}`, show(reply), `most processes in the container meanwhile: ${mostPids}`];
    if (mostPids > bounds.mostPids) throw tools.notYet('pids-too-large', evidence);
    if (mostPids < (run.limits.pids ?? bounds.mostPids) / 2) throw tools.notYet('bugs-gone', evidence);
    const next = run.thumbnails[0];
    if (next?.isRight !== true) throw tools.notYet('thumbs-broken', [...evidence, ...(next === undefined ? [] : [show(next.reply)])]);
    return [...evidence, show(next.reply)];
  },

  async 'disk-limit'(tools) {
    const run = await attackRun(tools.sandbox);
    refuse(tools, run.shortcomings.tmpfs);
    const { reply, bytes, inTwin } = attacked(tools, run, run.fill);
    refuse(tools, filesShortcoming(reply, bytes));
    const written = inTwin ?? new Map<string, number>();
    refuse(tools, twinShortcoming(written));
    refuse(tools, run.shortcomings.log);
    const spammed = attacked(tools, run, run.spam);
    refuse(tools, spamShortcoming(run.thumbs, spammed));
    return [
      show(reply),
      ...[...written].map(([place, size]) => `a copy of the container could write ${size} bytes to ${place}`),
      show(spammed.reply),
      `log files on the Docker host: ${(spammed.bytes / mebibyte).toFixed(1)} MiB`,
    ];
  },

  async 'restart-policy'(tools) {
    const thumbs = await findThumbs(tools.sandbox);
    const { shortcoming, evidence } = await restartShortcoming(thumbs);
    refuse(tools, shortcoming);
    return evidence;
  },

  async 'both-services'(tools) {
    const run = await attackRun(tools.sandbox);
    if (!run.firstThumbnail.isRight) throw tools.notYet('thumbs-broken', [show(run.firstThumbnail.reply)]);
    const { memory, cpu, pids } = run.shortcomings;
    const missing = [memory, cpu, pids].flatMap((shortcoming) => shortcoming?.evidence ?? []);
    if (missing.length > 0) throw tools.notYet('not-limited', missing);
    if (!run.firstThumbnail.reply.answeredByContainer) throw new NotYet('service-elsewhere', [show(run.firstThumbnail.reply)]);
    const failed = run.thumbnails.find(({ isRight }) => !isRight);
    if (failed !== undefined || run.thumbnails.length < 5)
      throw tools.notYet(
        'thumbs-broken',
        run.thumbnails.map(({ reply }) => show(reply)),
      );
    checkoutAnswers(tools, run);
    checkoutIsQuick(tools, run);
    return [...run.thumbnails.map(({ reply }) => show(reply)), ...checkoutEvidence(run.checkoutUnderAttack)];
  },

  async ulimits(tools) {
    return ulimits(tools, await findThumbs(tools.sandbox));
  },
} satisfies ChecksOf<typeof lab>;

function refuse(tools: Tools, shortcoming: Shortcoming | undefined): void {
  if (shortcoming !== undefined) throw tools.notYet(shortcoming.message, shortcoming.evidence);
}

/** The result of an attack; there is none when thumbs did not even do a normal job, or hangs for want of memory. */
function attacked<Result>(tools: Tools, run: AttackRun, result: Result | undefined): Result {
  if (result === undefined && run.allocation?.reply.status === 0) throw tools.notYet('memory-not-enforced', [show(run.allocation.reply)]);
  if (result === undefined) throw tools.notYet('thumbs-broken', [show(run.firstThumbnail.reply)]);
  return result;
}

function checkoutAnswers(tools: Tools, { checkoutUnderAttack: { last, lastIsRight, answered, failed } }: AttackRun): void {
  if (!lastIsRight || failed.length > answered * 0.05) throw tools.notYet('checkout-broken', [...failed.slice(0, 3).map(show), show(last)]);
  if (!last.answeredByContainer) throw new NotYet('service-elsewhere', [show(last)]);
}

function checkoutIsQuick(tools: Tools, { checkoutUnderAttack, checkoutAtRest }: AttackRun): void {
  if (isQuick(checkoutUnderAttack)) return;
  if (checkoutAtRest !== undefined && !isQuick(checkoutAtRest)) {
    throw new Inconclusive('control-failed', [
      'checkout is slow even while nobody attacks: the machine is too busy, or checkout itself is held back',
      ...checkoutEvidence(checkoutAtRest),
    ]);
  }
  throw tools.notYet('checkout-slow', checkoutEvidence(checkoutUnderAttack));
}

function checkoutEvidence(sample: CheckoutSample): Evidence {
  return [
    show(sample.status),
    `checkout from outside, ${sample.seconds.toFixed(1)} s: ${sample.answered} orders answered, ${sample.failed.length} not, 95 % within ${Math.round(sample.outsideP95Ms)} ms`,
  ];
}
