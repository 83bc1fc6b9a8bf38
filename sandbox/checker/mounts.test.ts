import { expect, test } from 'vitest';
import { parseMounts, relativeToHost } from './mounts.ts';

const table = `561 560 0:56 /btrfs/subvolumes/abc / rw,noatime master:3 shared:9 - btrfs /dev/loop3 rw,compress=zstd:1
562 561 0:60 / /run rw,nosuid,nodev - tmpfs tmpfs rw,size=262144k,mode=755
563 561 0:56 /btrfs/subvolumes/abc/srv/my\\040data /mnt/with\\011tab\\134 ro - btrfs /dev/loop3 rw
564 561 0:56 /btrfs/subvolumes/abcdef /other rw - btrfs /dev/loop3 rw
`;

test('a line of mountinfo is read past any number of optional fields', () => {
  expect(parseMounts(table)[0]).toEqual({
    device: '0:56',
    root: '/btrfs/subvolumes/abc',
    target: '/',
    options: ['rw', 'noatime'],
    type: 'btrfs',
    source: '/dev/loop3',
    superOptions: ['rw', 'compress=zstd:1'],
  });
  expect(parseMounts(table)[1]).toMatchObject({ target: '/run', type: 'tmpfs', source: 'tmpfs' });
});

test('blanks, tabs and backslashes in paths are unescaped', () => {
  expect(parseMounts(table)[2]).toMatchObject({ root: '/btrfs/subvolumes/abc/srv/my data', target: '/mnt/with\ttab\\' });
});

test('nothing is read from nothing', () => {
  expect(parseMounts('')).toEqual([]);
});

test("a mount of the Docker host's disk is named by its path on that host, and only of that disk", () => {
  const [root, run, data, other] = parseMounts(table);
  if (root === undefined || run === undefined || data === undefined || other === undefined) throw new Error('The table has four lines');
  expect(relativeToHost(data, root).root).toBe('/srv/my data');
  expect(relativeToHost(root, root).root).toBe('/');
  expect(relativeToHost(run, root)).toBe(run);
  // A neighbour whose name begins with ours.
  expect(relativeToHost(other, root)).toBe(other);
});
