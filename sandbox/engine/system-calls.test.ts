import { expect, test } from 'vitest';
import { attackerSeccomp, dockerHostSeccomp } from './seccomp.ts';
import { engineCalls, missingCalls, ordinaryCalls } from './system-calls.ts';

interface Profile {
  readonly defaultAction: string;
  readonly architectures: readonly string[];
  readonly syscalls: ReadonlyArray<{ readonly names: readonly string[]; readonly action: string; readonly args?: readonly unknown[] }>;
}

const profiles = { 'Docker host': dockerHostSeccomp, 'attacker box': attackerSeccomp };

test('each call stands in one list only', () => {
  const names = [...ordinaryCalls, ...engineCalls, ...missingCalls];
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.for(Object.entries(profiles))('the profile of a %s allows by name, for one architecture', ([, make]) => {
  const { defaultAction, architectures, syscalls } = JSON.parse(make()) as Profile;
  expect([defaultAction, architectures.length]).toEqual(['SCMP_ACT_ERRNO', 1]);
  const allowed = new Set(syscalls.filter(({ action }) => action === 'SCMP_ACT_ALLOW').flatMap(({ names }) => names));
  const refused = [
    'kexec_load',
    'init_module',
    'bpf',
    'perf_event_open',
    'userfaultfd',
    'io_uring_setup',
    'open_by_handle_at',
    'keyctl',
    'fsopen',
    'reboot',
    'syslog',
  ];
  expect(refused.filter((name) => allowed.has(name))).toEqual([]);
});

test.for(Object.entries(profiles))('in the profile of a %s no call is both allowed as it is and looked at by its arguments', ([, make]) => {
  const { syscalls } = JSON.parse(make()) as Profile;
  const namesOf = (hasArguments: boolean): string[] => syscalls.filter(({ args }) => (args !== undefined) === hasArguments).flatMap(({ names }) => names);
  const whole = new Set(namesOf(false));
  expect(namesOf(true).filter((name) => whole.has(name))).toEqual([]);
});
