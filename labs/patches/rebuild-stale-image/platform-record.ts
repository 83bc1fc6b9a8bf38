import { Inconclusive, type SandboxView } from '#lab';

/** What bake.sh wrote down about the platform's base image, as it lies in the baked image: out of the learner's reach. */
export interface PlatformRecord {
  /** Layers of the new edition, lowest first, and the digest under which the registry has it. */
  readonly layers: readonly string[];
  readonly digest: string;
  /** Id of shop/web:1.0. */
  readonly oldShop: string;
}

const known = new WeakMap<SandboxView, Promise<PlatformRecord>>();

/** The record, read once a run. */
export function platformRecord(sandbox: SandboxView): Promise<PlatformRecord> {
  const record = known.get(sandbox) ?? readRecord(sandbox);
  known.set(sandbox, record);
  return record;
}

async function readRecord(sandbox: SandboxView): Promise<PlatformRecord> {
  const { ok, output } = await sandbox.runInBox(['cat', '/usr/lib/schott/platform.json']);
  if (!ok) throw new Inconclusive('box-failed', [output.slice(0, 300)]);
  return JSON.parse(output) as PlatformRecord;
}
