import { expect, test } from 'vitest';
import { directoriesBelow, directoryOf, parseCgroups } from './cgroup-path.ts';

const sandbox = '/schott/5f2a';
const legacy = parseCgroups(`9:name=systemd:${sandbox}/docker/77\n4:memory:${sandbox}/docker/77/inner\n2:cpu,cpuacct:${sandbox}\n1:pids:/\n0::${sandbox}\n`);
const unified = parseCgroups(`0::${sandbox}/docker/77\n`);

test("a controller's directory is found in its own hierarchy, or in the unified one", () => {
  expect(directoryOf(legacy, 'memory')).toBe('/sys/fs/cgroup/memory/schott/5f2a/docker/77/inner');
  expect(directoryOf(legacy, 'cpuacct')).toBe('/sys/fs/cgroup/cpuacct/schott/5f2a');
  expect(directoryOf(unified, 'memory')).toBe('/sys/fs/cgroup/schott/5f2a/docker/77');
});

test("the directories below the sandbox's own are listed from the inside out, without the sandbox's own", () => {
  expect(directoriesBelow(legacy, 'memory', sandbox)).toEqual(
    ['inner', ''].map((end) => `/sys/fs/cgroup/memory/schott/5f2a/docker/77${end === '' ? '' : `/${end}`}`).concat('/sys/fs/cgroup/memory/schott/5f2a/docker'),
  );
  expect(directoriesBelow(unified, 'memory', sandbox)).toEqual(['/sys/fs/cgroup/schott/5f2a/docker/77', '/sys/fs/cgroup/schott/5f2a/docker']);
});

test('a process in the cgroup of the sandbox itself, or outside of it, has none below', () => {
  expect(directoriesBelow(legacy, 'cpu', sandbox)).toEqual([]);
  expect(directoriesBelow(legacy, 'pids', sandbox)).toEqual([]);
  expect(directoriesBelow(parseCgroups(`0::${sandbox}b/docker\n`), 'memory', sandbox)).toEqual([]);
});

test('a colon in the path belongs to the path', () => {
  expect(directoryOf(parseCgroups('3:pids:/a:b\n'), 'pids')).toBe('/sys/fs/cgroup/pids/a:b');
});
