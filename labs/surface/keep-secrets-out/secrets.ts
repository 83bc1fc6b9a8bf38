import { createHash } from 'node:crypto';
import type { SandboxView } from '#lab';
import { formsOf, type Form } from './forms.ts';

/** What must not be found, in each way it may be written. */
export interface Secret {
  readonly name: string;
  readonly forms: readonly Form[];
}

export const tokensFolder = '/srv/internal-api/tokens';
const ordersPasswordFile = '/srv/internal-api/passwords/orders';
export const handedToken = '/srv/secrets/build-token';

/** Shorter text is found anywhere. */
const minLength = 8;
const maxTokens = 20;

/** The token that the leaky image gave away, as setup.sh makes it. */
export function leakedToken({ seed }: SandboxView): string {
  return `bld_${derive(seed, 'build-token', 32)}`;
}

export function leakedPassword({ seed }: SandboxView): string {
  return derive(seed, 'orders-password', 24);
}

/** With it internal-api proves that it wrote something. */
export function seal({ seed }: SandboxView, ...words: readonly string[]): string {
  return createHash('sha256')
    .update(`${derive(seed, 'api-key', 32)}:${words.join(' ')}`)
    .digest('hex');
}

export function secretOf(name: string, value: string): Secret {
  return { name, forms: formsOf(value) };
}

/** The leaked ones. */
export function leakedSecrets(sandbox: SandboxView): readonly Secret[] {
  return [secretOf('the leaked build token', leakedToken(sandbox)), secretOf('the leaked password', leakedPassword(sandbox))];
}

/** The leaked ones and those that internal-api takes now. */
export async function allSecrets(sandbox: SandboxView): Promise<readonly Secret[]> {
  const tokens = (await sandbox.list(tokensFolder)).filter(({ kind }) => kind === 'file').slice(0, maxTokens);
  const current = await Promise.all([
    ...tokens.map(async ({ path }) => ({ name: `the build token of ${path.split('/').at(-1) ?? ''}`, value: await readSecret(sandbox, path) })),
    currentPassword(sandbox).then((value) => ({ name: 'the password', value })),
  ]);
  const leaked = [leakedToken(sandbox), leakedPassword(sandbox)];
  const others = current.filter(({ value }) => value.length >= minLength && !leaked.includes(value));
  return [...leakedSecrets(sandbox), ...others.map(({ name, value }) => secretOf(name, value))];
}

/** The password that internal-api wants from whoever fetches orders; empty when there is none. */
export function currentPassword(sandbox: SandboxView): Promise<string> {
  return readSecret(sandbox, ordersPasswordFile);
}

/** As a shell reads it: without line breaks at the end. Empty when the file is not there. */
export async function readSecret(sandbox: SandboxView, path: string): Promise<string> {
  const content = await sandbox.readFile(path, 4096);
  return Buffer.from(content ?? [])
    .toString()
    .replace(/\n+$/, '');
}

function derive(seed: string, purpose: string, length: number): string {
  return createHash('sha256').update(`${seed}:${purpose}`).digest('hex').slice(0, length);
}
