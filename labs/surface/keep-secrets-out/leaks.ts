import type { LayerFile, NestedImage, SandboxView } from '#lab';
import { findForm, formsOf, withoutBlanks } from './forms.ts';
import type { Secret } from './secrets.ts';

/** Something in an image that should not leave with it. */
export interface Leak {
  readonly kind: 'config' | 'layer' | 'key' | 'file';
  readonly evidence: string;
}

const privateKey: Secret = { name: 'a private key', forms: formsOf('PRIVATE KEY-----') };

/** What is known not to be in a layer, by the layer's digest: the lower layers are the same in all images, and checked once a run. */
const absent = new WeakMap<SandboxView, Set<string>>();

/**
 * Everything in an image that gives something away, the configuration first: the secrets in any form, private keys, `.git` and `.env`, also where a later layer has
 * deleted them.
 */
export async function findLeaks(sandbox: SandboxView, image: NestedImage, secrets: readonly Secret[]): Promise<readonly Leak[]> {
  const known = absent.get(sandbox) ?? new Set();
  absent.set(sandbox, known);
  const wanted = [...secrets, privateKey];
  const keyOf = (layer: string, { name, forms }: Secret): string => `${layer} ${name} ${forms[0]?.bytes.toString() ?? ''}`;
  const leaks: Leak[] = [];
  await image.walkLayers(async (file) => {
    const layer = file.layer === 'config' ? undefined : image.layers[file.layer];
    const open = layer === undefined ? wanted : wanted.filter((secret) => !known.has(keyOf(layer, secret)));
    leaks.push(...(await leaksOf(file, open)));
  });
  if (leaks.length === 0) for (const layer of image.layers) for (const secret of wanted) known.add(keyOf(layer, secret));
  const order = ['config', 'layer', 'key', 'file'];
  return leaks.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

async function leaksOf(file: LayerFile, secrets: readonly Secret[]): Promise<Leak[]> {
  const place = file.layer === 'config' ? `${file.path} (configuration and history)` : `layer ${file.layer}, ${file.path}`;
  const leaks: Leak[] = [];
  if (secrets.length > 0) {
    const content = file.kind === 'file' ? await file.read() : new Uint8Array();
    const whole = Buffer.concat([Buffer.from(`${file.path}\n${file.linkTarget ?? ''}\n`), content]);
    const dense = withoutBlanks(whole);
    for (const secret of secrets) {
      const form = findForm(whole, dense, secret.forms);
      const kind = secret === privateKey ? 'key' : file.layer === 'config' ? 'config' : 'layer';
      if (form !== undefined) leaks.push({ kind, evidence: `${place}: ${secret.name}, ${form}` });
    }
  }
  const names = file.path.split('/');
  if (file.layer !== 'config' && (names.includes('.git') || names.at(-1) === '.env')) leaks.push({ kind: 'file', evidence: place });
  return leaks;
}
