import type { RoleContainer } from '#lab';
import type { Tools } from './renderer.ts';

/** A seccomp profile in Docker's form (docs.docker.com/engine/security/seccomp). */
export interface Profile {
  readonly from: string;
  /** Named by the container, not by the daemon's settings. */
  readonly isOwn: boolean;
  readonly defaultAction: string;
  readonly syscalls: ReadonlyArray<Rule>;
}

interface Rule {
  readonly names?: readonly string[];
  readonly name?: string;
  readonly action?: string;
  readonly includes?: { readonly caps?: readonly string[] };
}

/** Actions that let a call through; SCMP_ACT_NOTIFY leaves it to a program. */
const lettingThrough = new Set(['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG', 'SCMP_ACT_TRACE', 'SCMP_ACT_NOTIFY']);

/** What Docker gives to every container (docs.docker.com/engine/containers/run, "Runtime privilege and Linux capabilities"). */
const defaultCapabilities = 0xa80425fbn;
const defaultNames = new Set(
  'CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT MKNOD AUDIT_WRITE SETFCAP'.split(' '),
);

/** The profile that the engine says it put on the container: its own option, else the daemon's. `builtin` is Docker's default; undefined: none. */
export async function profileOf(tools: Tools, role: RoleContainer): Promise<Profile | 'builtin' | undefined> {
  const options = Array.isArray(role.hostConfig['SecurityOpt']) ? role.hostConfig['SecurityOpt'].map(String) : [];
  // Of several the engine takes the last.
  const own = options.map((option) => /^seccomp[=:](.*)$/s.exec(option)?.[1]).findLast((value) => value !== undefined);
  if (own === 'unconfined') return undefined;
  if (own === 'builtin') return 'builtin';
  if (own !== undefined) return parse(own, 'the container’s option', true);
  if (role.hostConfig['Privileged'] === true) return undefined;
  const info = (await tools.sandbox.engineApi('/info')) as { SecurityOptions?: readonly string[] };
  const path = info.SecurityOptions?.map((option) => /^name=seccomp,profile=(.*)$/.exec(option)?.[1]).find((value) => value !== undefined);
  if (path === undefined || path === 'unconfined') return undefined;
  if (path === 'builtin' || path === 'default') return 'builtin';
  const content = await tools.sandbox.readFile(path);
  return content === undefined ? undefined : parse(new TextDecoder().decode(content), path, false);
}

/** Does a call that no rule names get through? */
export function allowsByDefault({ defaultAction }: Profile): boolean {
  return !/^SCMP_ACT_(ERRNO|KILL|KILL_THREAD|KILL_PROCESS|TRAP)$/.test(defaultAction);
}

/**
 * Names that some rule lets through, be it for certain arguments only. Rules for capabilities that Docker's default set lacks count only
 * if the container, whose bounding set is given, has more than that set.
 */
export function allowedNames({ syscalls }: Profile, bounding: bigint): ReadonlySet<string> {
  const hasMore = (bounding & ~defaultCapabilities) !== 0n;
  const counts = ({ includes }: Rule): boolean => hasMore || (includes?.caps ?? []).every((name) => defaultNames.has(name.replace(/^CAP_/, '')));
  const active = syscalls.filter((rule) => lettingThrough.has(rule.action ?? '') && counts(rule));
  return new Set(active.flatMap(({ name, names }) => [...(names ?? []), ...(name === undefined ? [] : [name])]));
}

function parse(text: string, from: string, isOwn: boolean): Profile | undefined {
  try {
    const { defaultAction, syscalls } = JSON.parse(text) as Partial<Profile>;
    return { from, isOwn, defaultAction: String(defaultAction), syscalls: Array.isArray(syscalls) ? syscalls : [] };
  } catch {
    return undefined;
  }
}
