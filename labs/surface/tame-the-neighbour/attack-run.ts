import type { CgroupLimits, KernelMount, RoleContainer, SandboxView } from '#lab';
import { fillInTwin, fillThroughService, filesShortcoming, tmpfsShortcoming } from './disk.ts';
import { isQuick, sampleCheckout, type CheckoutSample } from './latency.ts';
import { cpuShortcoming, memoryShortcoming, pidsShortcoming, type Shortcoming } from './limits.ts';
import { logShortcoming, spam, type Spam } from './log.ts';
import { ask, askQuickly, expectedThumbnail, findCheckout, findThumbs, type Reply } from './services.ts';

/** What the limits say, and what the attacks on thumbs did. An attack against which no usable limit stands was not run. */
export interface AttackRun {
  readonly thumbs: RoleContainer;
  readonly checkout: RoleContainer;
  readonly limits: CgroupLimits;
  readonly swapIsCounted: boolean;
  readonly shortcomings: Readonly<Record<'memory' | 'cpu' | 'pids' | 'tmpfs' | 'log', Shortcoming | undefined>>;
  /** One normal job before the attacks. */
  readonly firstThumbnail: Thumbnail;
  readonly allocation: { readonly reply: Reply; readonly oomKills: number } | undefined;
  readonly fill: { readonly reply: Reply; readonly bytes: number | undefined; readonly inTwin: ReadonlyMap<string, number> | undefined } | undefined;
  readonly spam: Spam | undefined;
  readonly burn: { readonly reply: Reply; readonly seconds: number; readonly cpuSeconds: number; readonly throttledPeriods: number } | undefined;
  readonly storm: { readonly reply: Reply; readonly mostPids: number } | undefined;
  /** Normal jobs afterwards, up to the first that failed. */
  readonly thumbnails: readonly Thumbnail[];
  readonly checkoutUnderAttack: CheckoutSample;
  /** Without any attack. Measured only when checkout was slow: on a busy machine it is slow anyway. */
  readonly checkoutAtRest: CheckoutSample | undefined;
}

export interface Thumbnail {
  readonly reply: Reply;
  readonly isRight: boolean;
}

const runs = new WeakMap<SandboxView, Promise<AttackRun>>();

/** Attacks once for all tasks of a check. */
export function attackRun(sandbox: SandboxView): Promise<AttackRun> {
  const run = runs.get(sandbox) ?? attack(sandbox);
  runs.set(sandbox, run);
  return run;
}

async function attack(sandbox: SandboxView): Promise<AttackRun> {
  const [thumbs, checkout, info] = await Promise.all([findThumbs(sandbox), findCheckout(sandbox), sandbox.engineApi('/info')]);
  const { SwapLimit, DockerRootDir } = info as { SwapLimit?: boolean; DockerRootDir?: string };
  const swapIsCounted = SwapLimit !== false;
  const [limits, [first]] = await Promise.all([thumbs.limits(), thumbs.processes()]);
  const shortcomings = {
    memory: memoryShortcoming(limits, thumbs, swapIsCounted),
    cpu: cpuShortcoming(limits),
    pids: pidsShortcoming(limits),
    tmpfs: tmpfsShortcoming(first.mounts, limits.memoryBytes),
    log: logShortcoming(thumbs),
  };
  const firstThumbnail = await makeThumbnail(sandbox, thumbs);
  await using sample = sampleCheckout(sandbox, checkout);
  const attacks = firstThumbnail.isRight ? await attackThumbs(sandbox, thumbs, first.mounts, shortcomings, DockerRootDir ?? '/var/lib/docker') : notAttacked;
  const thumbnails: Thumbnail[] = [];
  while (firstThumbnail.isRight && thumbnails.length < 5 && thumbnails.every(({ isRight }) => isRight)) thumbnails.push(await makeThumbnail(sandbox, thumbs));
  const checkoutUnderAttack = await sample.end();
  const wasLoaded = attacks.burn !== undefined && attacks.storm !== undefined && shortcomings.memory === undefined;
  const again = wasLoaded && !isQuick(checkoutUnderAttack) ? await loadAgain(sandbox, thumbs, checkout, shortcomings) : undefined;
  return {
    thumbs,
    checkout,
    limits,
    swapIsCounted,
    shortcomings,
    firstThumbnail,
    ...attacks,
    thumbnails,
    checkoutUnderAttack: again?.underAttack ?? checkoutUnderAttack,
    checkoutAtRest: again?.atRest,
  };
}

type Attacks = Pick<AttackRun, 'allocation' | 'fill' | 'spam' | 'burn' | 'storm'>;

const notAttacked: Attacks = { allocation: undefined, fill: undefined, spam: undefined, burn: undefined, storm: undefined };

/** First what needs the container's whole share of the processor, then what takes it: in the other order each would take seconds. */
async function attackThumbs(
  sandbox: SandboxView,
  thumbs: RoleContainer,
  mounts: readonly KernelMount[],
  shortcomings: AttackRun['shortcomings'],
  engineRoot: string,
): Promise<Attacks> {
  const allocation = shortcomings.memory === undefined ? await allocate(sandbox, thumbs) : undefined;
  /* Hanging at its limit, the container does nothing any more: further attacks would only hang as well. */
  if (allocation?.reply.status === 0) return { ...notAttacked, allocation };
  const filled = shortcomings.tmpfs === undefined ? await fillThroughService(sandbox) : undefined;
  const isBounded = filled !== undefined && filesShortcoming(filled.reply, filled.bytes) === undefined;
  const [spammed, inTwin] = await Promise.all([
    shortcomings.log === undefined ? spam(sandbox, thumbs, engineRoot) : undefined,
    isBounded ? fillInTwin(sandbox, thumbs, mounts) : undefined,
  ]);
  return { allocation, fill: filled && { ...filled, inTwin }, spam: spammed, ...(await loadThumbs(sandbox, thumbs, shortcomings)) };
}

async function allocate(sandbox: SandboxView, thumbs: RoleContainer): Promise<AttackRun['allocation']> {
  const before = await thumbs.usage();
  const reply = await askQuickly(sandbox, 8083, '/alloc?mb=400&s=0', 6000);
  const after = await thumbs.usage();
  return { reply, oomKills: after.oomKills - before.oomKills };
}

/** Burns for 3 seconds; meanwhile a storm of processes, after the burning ones have started. */
async function loadThumbs(sandbox: SandboxView, thumbs: RoleContainer, shortcomings: AttackRun['shortcomings']): Promise<Pick<AttackRun, 'burn' | 'storm'>> {
  const before = await thumbs.usage();
  const burning = shortcomings.cpu === undefined ? askQuickly(sandbox, 8083, '/burn?s=3&t=4', 8000) : undefined;
  if (burning !== undefined) await sandbox.sleep(300);
  let isStormy = shortcomings.pids === undefined;
  const storming = isStormy ? askQuickly(sandbox, 8083, '/fork?n=300&s=3', 8000) : undefined;
  const storm = storming?.finally(() => (isStormy = false));
  let mostPids = 0;
  while (isStormy) {
    await sandbox.sleep(400);
    mostPids = Math.max(mostPids, (await thumbs.usage()).pids);
  }
  const [burnReply, stormReply] = await Promise.all([burning, storm]);
  const after = await thumbs.usage();
  return {
    burn: burnReply && {
      reply: burnReply,
      /* Outside of the burning the container hardly computes, so reading the counters a little late does no harm. */
      seconds: Math.max(3, burnReply.milliseconds / 1000),
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      throttledPeriods: after.throttledPeriods - before.throttledPeriods,
    },
    storm: stormReply && { reply: stormReply, mostPids },
  };
}

/** What the neighbour does to checkout, it does every time; a hiccup of the machine does not come back. And what is slow at rest proves nothing. */
async function loadAgain(
  sandbox: SandboxView,
  thumbs: RoleContainer,
  checkout: RoleContainer,
  shortcomings: AttackRun['shortcomings'],
): Promise<{ readonly underAttack: CheckoutSample; readonly atRest: CheckoutSample | undefined }> {
  await using sample = sampleCheckout(sandbox, checkout);
  await loadThumbs(sandbox, thumbs, shortcomings);
  const underAttack = await sample.end();
  if (isQuick(underAttack)) return { underAttack, atRest: undefined };
  await using quiet = sampleCheckout(sandbox, checkout);
  await sandbox.sleep(2000);
  return { underAttack, atRest: await quiet.end() };
}

async function makeThumbnail(sandbox: SandboxView, thumbs: RoleContainer): Promise<Thumbnail> {
  const nonce = sandbox.random(8);
  const reply = await ask(thumbs, `/thumb?nonce=${nonce}`, 3000);
  return { reply, isRight: reply.status === 200 && reply.body.trim() === expectedThumbnail(nonce) };
}
