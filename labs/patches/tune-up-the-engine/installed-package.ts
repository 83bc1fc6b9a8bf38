import type { SandboxView } from '#lab';
import { sha256 } from './facts.ts';

const program = '/usr/sbin/runc';
const maxProgramBytes = 64 * 1024 ** 2;
const maxStatusBytes = 16 * 1024 ** 2;

export interface InstalledPackage {
  /** What dpkg has written down; empty when it says that runc is not installed. */
  readonly version: string;
  /** SHA-256 of the file that the package owns; undefined when it is no regular file (dpkg puts one there, the base image has a link). */
  readonly hash: string | undefined;
}

/** The package runc as dpkg knows it, and the program that lies in its place. */
export async function installedPackage(sandbox: SandboxView): Promise<InstalledPackage> {
  const [status, content] = await Promise.all([sandbox.readFile('/var/lib/dpkg/status', maxStatusBytes), sandbox.readFile(program, maxProgramBytes)]);
  const entry = new TextDecoder()
    .decode(status)
    .split('\n\n')
    .find((one) => /^Package: runc$/m.test(one));
  const isInstalled = entry !== undefined && /^Status: \S+ ok installed$/m.test(entry);
  const version = isInstalled ? (/^Version: (.*)$/m.exec(entry)?.[1] ?? '') : '';
  return { version, hash: content === undefined ? undefined : await sha256(content) };
}

export function describePackage({ version, hash }: InstalledPackage): string {
  return `package runc: ${version === '' ? 'not installed' : version}; ${program}: ${hash === undefined ? 'no regular file' : `SHA-256 ${hash}`}`;
}
