import type { KernelMount, RoleContainer, SandboxView } from '#lab';
import type { Shortcoming } from './limits.ts';
import { askQuickly, mebibyte, numbersIn, show, type Reply } from './services.ts';

/** What may lie on the disk because of thumbs: files, and log files. */
export const diskBounds = { filesBytes: 64 * mebibyte, logBytes: 20 * mebibyte } as const;

/** As much as must not fit, in each place: more would prove no more. */
const attemptMb = 80;

/** A tmpfs on /tmp lies in memory: it needs a size, and one that leaves room for the service. */
export function tmpfsShortcoming(mounts: readonly KernelMount[], memoryBytes: number | undefined): Shortcoming | undefined {
  const tmp = mounts.findLast((mount) => mount.target === '/tmp');
  if (tmp === undefined || tmp.type !== 'tmpfs') return undefined;
  const size = tmpfsBytes(tmp);
  const evidence = [`mount on /tmp: tmpfs (${tmp.superOptions.join(',')})`];
  if (size === undefined || size > diskBounds.filesBytes) return { message: 'tmpfs-too-large', evidence };
  if (memoryBytes !== undefined && size > memoryBytes - 12 * mebibyte) {
    return { message: 'tmpfs-eats-memory', evidence: [...evidence, `memory limit in force: ${Math.round(memoryBytes / mebibyte)} MiB`] };
  }
  return undefined;
}

/** The bug itself: thumbs writes until it may not. */
export async function fillThroughService(sandbox: SandboxView): Promise<{ readonly bytes: number | undefined; readonly reply: Reply }> {
  const reply = await askQuickly(sandbox, 8083, `/fill?mb=${attemptMb}&keep=0`, 8000);
  const { rootBytes, tmpBytes } = numbersIn(reply);
  return { bytes: rootBytes === undefined || tmpBytes === undefined ? undefined : rootBytes + tmpBytes, reply };
}

/** The same with a program that cannot lie, in a copy of the container: bytes it could write, by place. */
export async function fillInTwin(sandbox: SandboxView, thumbs: RoleContainer, mounts: readonly KernelMount[]): Promise<ReadonlyMap<string, number>> {
  const places = ['/', '/tmp', ...otherPlaces(mounts)];
  const name = `.probe-${sandbox.random(6)}`;
  const script = places.map(
    (place) => `f='${place === '/' ? '' : place}/${name}'
dd if=/dev/urandom of="$f" bs=65536 count=${attemptMb * 16} 2>/dev/null
if [ -e "$f" ]; then stat -c '%s ${place}' "$f"; rm -f "$f"; else echo '0 ${place}'; fi`,
  );
  const { output } = await thumbs.twin(script.join('\n'), { timeoutMs: 6000 });
  const lines = output.split('\n').map((line) => /^(\d+) (\/.*)$/.exec(line.trim()));
  return new Map(lines.flatMap((match) => (match === null ? [] : [[match[2] ?? '', Number(match[1])] as const])));
}

export function filesShortcoming(reply: Reply, bytes: number | undefined): Shortcoming | undefined {
  if (bytes === undefined) return { message: 'bugs-gone', evidence: [show(reply)] };
  return bytes > diskBounds.filesBytes ? { message: 'files-unbounded', evidence: [show(reply)] } : undefined;
}

/** `/` and `/tmp` together, and every other place by itself. */
export function twinShortcoming(written: ReadonlyMap<string, number>): Shortcoming | undefined {
  const evidence = [...written].map(([place, bytes]) => `a copy of the container could write ${bytes} bytes to ${place}`);
  const together = (written.get('/') ?? 0) + (written.get('/tmp') ?? 0);
  const most = Math.max(together, ...written.values());
  return most > diskBounds.filesBytes ? { message: 'files-unbounded', evidence } : undefined;
}

/** Mounts of the Docker host's disk, volumes for example, other than the small files and the device nodes that Docker itself brings. */
function otherPlaces(mounts: readonly KernelMount[]): string[] {
  const inMemory = new Set(['tmpfs', 'proc', 'sysfs', 'devpts', 'mqueue', 'cgroup', 'cgroup2']);
  const ofDocker = new Set([
    '/',
    '/tmp',
    '/etc/hosts',
    '/etc/hostname',
    '/etc/resolv.conf',
    ...['null', 'zero', 'full', 'tty', 'random', 'urandom'].map((device) => `/dev/${device}`),
  ]);
  return mounts
    .filter(
      (mount) =>
        !inMemory.has(mount.type) &&
        !mount.target.startsWith('/proc/') &&
        !ofDocker.has(mount.target) &&
        /^[\w/.-]+$/.test(mount.target) &&
        mount.options.includes('rw'),
    )
    .map((mount) => mount.target)
    .slice(0, 4);
}

/** undefined: no size given, which means half of the machine's memory. */
function tmpfsBytes({ superOptions }: KernelMount): number | undefined {
  const size = superOptions.find((option) => option.startsWith('size='))?.slice('size='.length);
  const match = /^(\d+)([kmg]?)$/.exec(size ?? '');
  return match === null ? undefined : Number(match[1]) * 1024 ** ['', 'k', 'm', 'g'].indexOf(match[2] ?? '');
}
