import type { Evidence, SandboxView } from '#lab';
import { goodRepository } from './hidden-repository.ts';
import { mustShip, sendThrough } from './pipeline.ts';
import type { Shipped, Tools } from './registry.ts';

const out = '/srv/ci/out';
const maxBillBytes = 4 * 1024 * 1024;

/** What the good repository led to. */
interface GoodTrial {
  readonly evidence: string;
  /** Throws NotYet when the bill of materials is not as it should be. */
  proveBill(): Evidence;
}

const known = new WeakMap<SandboxView, Promise<GoodTrial>>();

/** A flawless repository is shipped as it is, and its bill of materials names what is in it. */
export async function checkGood(tools: Tools): Promise<Evidence> {
  const good = await goodTrial(tools);
  return [good.evidence, ...good.proveBill()];
}

/** The positive control of every refusal: a pipeline that ships nothing refuses all. Done once a run. */
export async function proveShipping(tools: Tools): Promise<string> {
  return (await goodTrial(tools)).evidence;
}

function goodTrial(tools: Tools): Promise<GoodTrial> {
  const trial = known.get(tools.sandbox) ?? shipGood(tools);
  known.set(tools.sandbox, trial);
  return trial;
}

async function shipGood(tools: Tools): Promise<GoodTrial> {
  const { sandbox } = tools;
  const page = sandbox.random();
  const canary = { name: `canary-${sandbox.random(5)}`, version: '1.4.2' };
  return sendThrough(tools, 'a flawless repository', goodRepository(page, canary), async (trial) => {
    const shipped = mustShip(tools, trial, 'good-refused');
    await proveContent(tools, trial.name, shipped, page);
    const bills = await readBills(tools, trial.name, shipped);
    return {
      evidence: `${trial.line}, and the registry has it as ${shipped.digest.slice(0, 19)}…`,
      proveBill: () => proveBill(tools, bills, `${out}/${trial.name}-${shipped.digest}.cdx.json`, canary),
    };
  });
}

/** The registry's image, fetched by its digest, is the repository's: page and user. */
async function proveContent({ sandbox, notYet }: Tools, name: string, { digest, imageId }: Shipped, page: string): Promise<void> {
  const pull = await sandbox.runOnHost(`docker pull --quiet registry.lab:5000/${name}@${digest}`);
  if (!pull.ok) throw notYet('good-not-shipped', [`docker pull registry.lab:5000/${name}@${digest}`, pull.output.trim().slice(0, 200)]);
  const image = await sandbox.image(imageId);
  const served = Buffer.from((await image.readFile('/www/index.html')) ?? []).toString();
  if (served.trim() !== page || image.resolvedUser?.uid !== 10_001)
    throw notYet('other-shipped', [`${name}@${digest}: user "${image.user}", /www/index.html ${served.trim() === page ? 'as' : 'not as'} in the repository`]);
}

/** Whatever lies in the folder under the image's name and digest. */
async function readBills({ sandbox }: Tools, name: string, { digest }: Shipped): Promise<readonly { path: string; text: string }[]> {
  if ((await sandbox.stat(out))?.kind !== 'directory') return [];
  const hash = digest.slice('sha256:'.length);
  const files = (await sandbox.list(out)).filter(
    ({ path, kind }) => kind === 'file' && path.includes(`/${name}`) && path.includes(hash) && path.endsWith('.cdx.json'),
  );
  return Promise.all(files.map(async ({ path }) => ({ path, text: Buffer.from((await sandbox.readFile(path, maxBillBytes)) ?? []).toString() })));
}

function proveBill({ notYet }: Tools, bills: Awaited<ReturnType<typeof readBills>>, expected: string, canary: { name: string; version: string }): Evidence {
  const [bill] = bills;
  if (bill === undefined) throw notYet('no-bill', [`not there: ${expected}`]);
  const components = componentsOf(bill.text);
  if (components === undefined) throw notYet('bill-unreadable', [`${bill.path} begins with ${bill.text.slice(0, 60)}`]);
  const isNamed = components.some(({ name, version }) => name === canary.name && version === canary.version);
  if (!isNamed) throw notYet('bill-incomplete', [`${bill.path}: ${components.length} components, without ${canary.name} ${canary.version}`]);
  return [`${bill.path}: ${components.length} components, ${canary.name} ${canary.version} among them`];
}

/** undefined: not CycloneDX (https://cyclonedx.org/docs/1.5/json/). */
function componentsOf(text: string): readonly { name?: unknown; version?: unknown }[] | undefined {
  try {
    const bill = Object(JSON.parse(text)) as { bomFormat?: unknown; components?: unknown };
    return bill.bomFormat === 'CycloneDX' && Array.isArray(bill.components) ? bill.components.map((one) => Object(one) as { name?: unknown }) : undefined;
  } catch {
    return undefined;
  }
}
