import { Inconclusive } from '#lab';
import type { CheckTools, SandboxView } from '#lab';
import type lab from './lab.ts';

export type Tools = CheckTools<typeof lab>;

export const ignitionPath = '/root/host/config.ign';

/** What `open-ignition` says of the learner's configuration. Shapes as in the Ignition specification 3.3.0; anything may be missing. */
export interface OpenedIgnition {
  readonly accepted: boolean;
  /** Lines of ignition-validate: errors, and warnings, with which it ends in success all the same. */
  readonly said: readonly string[];
  readonly config: {
    readonly ignition?: { readonly version?: string; readonly config?: { readonly merge?: readonly unknown[]; readonly replace?: unknown } };
    readonly kernelArguments?: { readonly shouldExist?: readonly string[]; readonly shouldNotExist?: readonly string[] };
    readonly passwd?: { readonly users?: readonly IgnitionUser[] };
    readonly storage?: { readonly links?: readonly { readonly path: string; readonly target?: string }[] };
    readonly systemd?: { readonly units?: readonly IgnitionUnit[] };
  };
  readonly files: readonly OpenedFile[];
}

export interface IgnitionUser {
  readonly name: string;
  readonly passwordHash?: string | null;
  readonly sshAuthorizedKeys?: readonly string[] | null;
}

export interface IgnitionUnit {
  readonly name: string;
  readonly enabled?: boolean | null;
  readonly mask?: boolean | null;
  readonly contents?: string | null;
  readonly dropins?: readonly { readonly name: string; readonly contents?: string | null }[] | null;
}

export interface OpenedFile {
  readonly path: string;
  /** Its content is in the configuration itself, and is not fetched from somewhere. */
  readonly isInline: boolean;
  readonly isAppended: boolean;
  readonly text?: string;
  readonly toml?: unknown;
  /** Why it could not be decoded or parsed. */
  readonly problem?: string;
}

const opened = new WeakMap<SandboxView, Promise<OpenedIgnition>>();

/** Validates and decodes the learner's configuration in the box with the real ignition-validate, once in a run of checks. */
export function openIgnition(tools: Tools): Promise<OpenedIgnition> {
  const known = opened.get(tools.sandbox) ?? open(tools);
  opened.set(tools.sandbox, known);
  return known;
}

async function open({ sandbox, notYet }: Tools): Promise<OpenedIgnition> {
  const content = await sandbox.readFile(ignitionPath, 512 * 1024);
  if (content === undefined) throw notYet('ignition-missing', [`${ignitionPath}: no such file`]);
  const { ok, output } = await sandbox.runInBox(['open-ignition', 'config.ign'], { files: { 'config.ign': content } });
  if (!ok) throw new Inconclusive('control-failed', ['open-ignition gave no answer', output.slice(-300)]);
  return JSON.parse(output) as OpenedIgnition;
}
