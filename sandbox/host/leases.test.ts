import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instanceIn } from './instance.ts';
import { addLease, livingLeases, removeLease } from './leases.ts';

test('only processes that hold a lease themselves count, not others that have their number by now', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'schott-leases-'));
  try {
    const instance = { ...instanceIn(folder), runDirectory: folder };
    await addLease(instance);
    expect(await livingLeases(instance)).toEqual([process.pid]);
    await writeFile(join(folder, 'leases', String(process.ppid)), 'of another boot 1');
    await writeFile(join(folder, 'leases', '4194303'), '');
    expect(await livingLeases(instance)).toEqual([process.pid]);
    await removeLease(instance);
    expect(await livingLeases(instance)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
