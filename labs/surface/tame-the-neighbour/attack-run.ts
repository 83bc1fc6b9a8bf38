import type { CgroupLimits, CgroupUsage, KernelMount, RoleContainer, SandboxView } from '#lab';
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
  const isLimited = [shortcomings.memory, shortcomings.cpu, shortcomings.pids].every((shortcoming) => shortcoming === undefined);
  const again = isLimited && !isQuick(checkoutUnderAttack) ? await loadAgain(sandbox, thumbs, checkout, shortcomings) : undefined;
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
  const [filled, spammed] = await Promise.all([
    shortcomings.tmpfs === undefined ? fillThroughService(sandbox) : undefined,
    shortcomings.log === undefined ? spam(sandbox, thumbs, engineRoot) : undefined,
  ]);
  const isBounded = filled !== undefined && filesShortcoming(filled.reply, filled.bytes) === undefined;
  const [inTwin, load] = await Promise.all([isBounded ? fillInTwin(sandbox, thumbs, mounts) : undefined, loadThumbs(sandbox, thumbs, shortcomings)]);
  return { allocation, fill: filled && { ...filled, inTwin }, spam: spammed, ...load };
}

async function allocate(sandbox: SandboxView, thumbs: RoleContainer): Promise<AttackRun['allocation']> {
  const before = await thumbs.usage();
  const reply = await askQuickly(sandbox, 8083, '/alloc?mb=400&s=0', 6000);
  const after = await thumbs.usage();
  return { reply, oomKills: after.oomKills - before.oomKills };
}

/** Burns for 3 seconds; meanwhile a storm of processes, after the burning ones have started. */
async function loadThumbs(sandbox: SandboxView, thumbs: RoleContainer, shortcomings: AttackRun['shortcomings']): Promise<Pick<AttackRun, 'burn' | 'storm'>> {
  const burning = shortcomings.cpu === undefined ? askQuickly(sandbox, 8083, '/burn?s=3&t=4', 8000) : undefined;
  if (burning !== undefined) await sandbox.sleep(300);
  const before = await thumbs.usage();
  const start = performance.now();
  const storming = shortcomings.pids === undefined ? askQuickly(sandbox, 8083, '/fork?n=300&s=2', 8000) : undefined;
  const during: CgroupUsage[] = [];
  for (const pauseMs of storming === undefined ? [] : [900, 600]) {
    await sandbox.sleep(pauseMs);
    during.push(await thumbs.usage());
  }
  if (burning !== undefined) await sandbox.sleep(2600 - (performance.now() - start));
  const after = await thumbs.usage();
  const seconds = (performance.now() - start) / 1000;
  const [burnReply, stormReply] = await Promise.all([burning, storming]);
  return {
    burn: burnReply && {
      reply: burnReply,
      seconds,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      throttledPeriods: after.throttledPeriods - before.throttledPeriods,
    },
    storm: stormReply && { reply: stormReply, mostPids: Math.max(...during.map(({ pids }) => pids)) },
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
  await sandbox.sleep(2500);
  return { underAttack, atRest: await quiet.end() };
}

async function makeThumbnail(sandbox: SandboxView, thumbs: RoleContainer): Promise<Thumbnail> {
  const nonce = sandbox.random(8);
  const reply = await ask(thumbs, `/thumb?nonce=${nonce}`, 3000);
  return { reply, isRight: reply.status === 200 && reply.body.trim() === expectedThumbnail(nonce) };
}
