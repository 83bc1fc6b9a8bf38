import { expect, test } from 'vitest';
import { compareCensuses } from './compare-censuses.ts';

const sandbox = (id: string, container: string, pid: number, number: number) => ({
  containers: [`/schott-${id}-attacker`, `/schott-${id}-dockerhost`],
  links: [`br-${id.slice(0, 12)}`, `veth${container.slice(0, 7)}@if${number}`, 'lo'],
  processes: [`${pid} /usr/bin/containerd-shim-runc-v2 -namespace moby -id ${container} -address /run/schott/exec/containerd/containerd.sock`],
  quotas: [`0_${number}`],
  mounts: [`/run/schott/exec/netns/${container.slice(0, 12)}`, '/var/lib/schott/pool'],
});

const first = sandbox('abcdefghijklmnop', 'a1'.repeat(32), 4711, 300);
const second = sandbox('qrstuvwxyz234567', '0f'.repeat(32), 815, 1234);

test('two sandboxes are alike, whatever their ids', () => {
  expect(compareCensuses(first, second)).toEqual([]);
});

test('what is left of a sandbox is told, with how many there were and are', () => {
  const { links, ...rest } = first;
  expect(compareCensuses({ ...rest, links: ['lo'] }, { ...first, mounts: [] })).toEqual([
    { kind: 'mounts', what: '/run/schott/exec/netns/ID', before: 1, after: 0 },
    { kind: 'mounts', what: '/var/lib/schott/pool', before: 1, after: 0 },
    { kind: 'links', what: 'BRIDGE', before: 0, after: 1 },
    { kind: 'links', what: 'VETH', before: 0, after: 1 },
  ]);
  expect(links).toHaveLength(3);
});

test('a second one of the same kind is a difference', () => {
  expect(compareCensuses(first, { ...first, quotas: [...first.quotas, '0_301'] })).toEqual([{ kind: 'quotas', what: 'QGROUP', before: 1, after: 2 }]);
});
