import { access } from 'node:fs/promises';

/** Programs that building and running the virtual machine takes, and the Debian packages that bring them. */
const programs = [
  ['/usr/bin/qemu-system-x86_64', 'qemu-system-x86'],
  ['/usr/bin/mmdebstrap', 'mmdebstrap'],
  ['/usr/sbin/mkfs.ext4', 'e2fsprogs'],
  ['/usr/bin/gcc', 'gcc'],
  ['/usr/include/stdio.h', 'libc6-dev'],
] as const;

/** Names of the packages whose programs are not there. */
export async function missingPrograms(): Promise<string[]> {
  const missing = await Promise.all(
    programs.map(([path, name]) =>
      access(path).then(
        () => [],
        () => [name],
      ),
    ),
  );
  return missing.flat();
}
