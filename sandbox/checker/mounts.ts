import type { KernelMount } from '#lab';

export type RawMount = KernelMount;

/** Parses `/proc/<pid>/mountinfo` (proc_pid_mountinfo(5)). */
export function parseMounts(content: string): RawMount[] {
  return content
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [before = '', after = ''] = line.split(' - ');
      const [, , device = '', root = '', target = '', options = ''] = before.split(' ');
      const [type = '', source = '', superOptions = ''] = after.split(' ');
      return {
        root: unescape(root),
        target: unescape(target),
        type,
        source: unescape(source),
        options: options.split(','),
        superOptions: superOptions.split(','),
        device,
      };
    });
}

/** A mount of the Docker host's disk is named by its path on that host, not by where the host's own root lies on our pool. */
export function relativeToHost(mount: RawMount, hostRoot: RawMount): KernelMount {
  if (mount.device !== hostRoot.device) return mount;
  if (hostRoot.root === '/') return mount;
  if (mount.root === hostRoot.root) return { ...mount, root: '/' };
  return mount.root.startsWith(`${hostRoot.root}/`) ? { ...mount, root: mount.root.slice(hostRoot.root.length) } : mount;
}

/** Blank, tab, newline and backslash are written as octal numbers. */
function unescape(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_match, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)));
}
