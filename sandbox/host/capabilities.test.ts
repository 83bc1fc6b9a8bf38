import { expect, test } from 'vitest';
import { keeperHealth, type Capabilities } from '#protocol/keeper.ts';
import { meets, probeCapabilities } from './capabilities.ts';

const nothing: Capabilities = {
  cgroupVersion: 2,
  controllers: [],
  userNamespaces: false,
  btrfs: false,
  kvm: false,
  appArmor: false,
  selinux: false,
  architecture: 'x64',
  kernel: '6.1',
};

test('each need is met by what it needs, and by nothing else', () => {
  const needs = ['memory', 'cpu', 'pids', 'disk', 'apparmor', 'selinux'] as const;
  const offers = [{ controllers: ['memory'] }, { controllers: ['cpu'] }, { controllers: ['pids'] }, { btrfs: true }, { appArmor: true }, { selinux: true }];
  for (const [index, offer] of offers.entries()) {
    expect(needs.filter((need) => meets({ ...nothing, ...offer }, need))).toEqual([needs[index]]);
  }
});

test('what this machine offers has the form that the keeper promises', async () => {
  expect(keeperHealth.shape.capabilities.safeParse(await probeCapabilities()).error).toBeUndefined();
});
