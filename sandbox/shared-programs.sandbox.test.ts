import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pidsBelow } from './checker/kernel-process.ts';
import { ensureSharedPrograms, programsInDockerHost as programs, removeUnusedPrograms, sharedPrograms } from './engine/shared-programs.ts';
import { run } from './host/run.ts';
import { toolHashesOf } from './images/base-image.ts';
import { openTestBench, type TestBench, type TestSandbox } from './testing/test-bench.ts';

let bench: TestBench;
let sandbox: TestSandbox;
let neighbour: TestSandbox;
/** The machine's copy. */
let directory: string;

beforeAll(async () => {
  bench = await openTestBench();
  directory = await sharedPrograms(bench.place.engine, bench.image);
  [sandbox, neighbour] = await Promise.all([bench.startSandbox(), bench.startSandbox()]);
});
afterAll(async () => {
  await Promise.all([sandbox, neighbour].map((one) => one?.[Symbol.asyncDispose]()));
  await bench?.[Symbol.asyncDispose]();
});

test('all sandboxes execute the same file, whose pages are in memory once', async () => {
  for (const program of ['dockerd', 'containerd']) {
    const { dev, ino } = await stat(join(directory, program));
    for (const one of [sandbox, neighbour]) expect(await executedFile(one, program)).toEqual({ dev, ino });
  }
  // Programs that are not shared show that two files would be told apart.
  expect(await executedFile(sandbox, 'runsvdir')).not.toEqual(await executedFile(neighbour, 'runsvdir'));
});

/** The file that the process called `name` executes, as the machine sees it. */
async function executedFile(of: TestSandbox, name: string): Promise<{ dev: number; ino: number }> {
  for (const pid of await pidsBelow(of.cgroup)) {
    if ((await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() !== name) continue;
    const { dev, ino } = await stat(`/proc/${pid}/exe`);
    return { dev, ino };
  }
  throw new Error(`Cannot find ${name} in the sandbox`);
}

/**
 * Tries to change what is mounted at $1, a folder whose program docker runs for a while when told $2, and says of each way "done" or why not. First as it is
 * mounted, then with the mount made writable, which is a learner's right, then from a privileged container.
 */
const tryToChange = String.raw`
  folder=$1 long=$2
  try() {
    local name=$1; shift
    if reason=$("$@" 2>&1); then echo "$name: done"; else echo "$name: $(tail -n 1 <<< "$reason" | sed 's/.*: //')"; fi
  }
  append() { echo >> "$1"; }
  append_as_executed() {
    "$folder/docker" "$long" > /dev/null 2>&1 &
    perl -e 'select undef, undef, undef, 0.3; open my $file, ">>", "/proc/$ARGV[0]/exe" or print "$!\n" and exit 1' $!
    local status=$?; kill $!; return $status
  }
  move() { mv "$folder/docker" "$folder/other" && mv "$folder/other" "$folder/docker"; }
  make() { mkdir "$folder/new" && rmdir "$folder/new"; }
  give() { chown dev "$folder/docker" && chown root "$folder/docker"; }
  write() {
    try "$1 append" append "$folder/docker"
    try "$1 create" make
    try "$1 mode" chmod 777 "$folder/docker"
    try "$1 owner" give
    try "$1 rename" move
  }
  write first
  try 'writable mount' mount -o remount,bind,rw "$folder"
  write again
  try 'link' ln "$folder/docker" "$folder/link"
  try 'lease' perl -e 'open my $it, "<", $ARGV[0]; fcntl $it, 1024, 0 or print "$!\n" and exit 1' "$folder/docker"
  try 'privileged' docker run --rm --privileged --pid=host -v /:/host lab/bb sh -c "mount -o remount,bind,rw /host$folder && echo >> /host$folder/docker"
  try 'executed' append_as_executed`;

test('nobody in a sandbox can change them, whatever a learner may do with the mount', async () => {
  await sandbox.run('mkdir /srv/own && cp /bin/sleep /srv/own/docker && mount --bind /srv/own /srv/own');
  const ownAnswers = answersOf((await sandbox.run(`set -- /srv/own 60; ${tryToChange}`)).output);
  const answers = answersOf((await sandbox.run(`set -- ${programs} events; ${tryToChange}`)).output);
  // All that works in a folder of the learner's own; but nobody can write to a program that runs.
  expect(ownAnswers).toEqual(Object.fromEntries(Object.keys(ownAnswers).map((name) => [name, name === 'executed' ? 'Text file busy' : 'done'])));
  expect(answers).toEqual({
    ...Object.fromEntries(Object.keys(ownAnswers).map((name) => [name, 'Read-only file system'])),
    'writable mount': 'done',
    link: 'Operation not permitted',
    lease: 'Permission denied',
  });
  // Neither would it be theirs if it were writable.
  expect((await sandbox.run(`find ${programs} -user 0 -o -perm /o+w`)).output).toBe('');
  await expectUnchanged();
});

function answersOf(output: string): Record<string, string> {
  return Object.fromEntries(
    output
      .trimEnd()
      .split('\n')
      .map((line) => line.split(': ') as [string, string]),
  );
}

async function expectUnchanged(): Promise<void> {
  const hashes = await toolHashesOf(bench.place.engine, bench.image);
  for (const program of ['dockerd', 'containerd', 'runc'])
    expect(
      createHash('sha256')
        .update(await readFile(join(directory, program)))
        .digest('hex'),
    ).toBe(hashes[program]);
}

test('what makes them read-only cannot be taken off by the root of a sandbox, seccomp filter or not', async () => {
  // Clears the flags of a subvolume (ioctl BTRFS_IOC_SUBVOL_SETFLAGS), with the sandbox's capabilities, but from outside its filter.
  const inside = [`--target=${sandbox.parts.dockerHostPid}`, '--user', '--mount', '--setuid=0', '--setgid=0'];
  const script = 'my $flags = pack "Q", 0; open my $it, "<", $ARGV[0]; print ioctl($it, 0x4008941a, $flags) ? "done" : $!';
  const clear = (path: string): Promise<string> => run('nsenter', [...inside, 'perl', '-e', script, path]);
  expect(await clear('/')).toBe('done');
  expect(await clear(programs)).toBe('Operation not permitted');
  expect((await run('btrfs', ['property', 'get', directory, 'ro'])).trim()).toBe('ro=true');
});

test('whoever unmounts them has those of the image, and the neighbour notices nothing', async () => {
  const { output } = await sandbox.run(
    `umount --lazy ${programs} && systemctl restart docker && docker run --rm lab/bb echo alive && grep ${programs} /proc/mounts`,
  );
  expect(output.trim()).toBe('alive');
  expect(await executedFile(sandbox, 'dockerd')).not.toEqual(await executedFile(neighbour, 'dockerd'));
  expect(await sandbox.judge(() => Promise.resolve([]))).toMatchObject({ passed: true });
  expect((await neighbour.run(`grep --count ${programs} /proc/mounts; docker run --rm lab/bb echo alive`)).output.trim()).toBe('1\nalive');
});

test('other programs mounted in their place are objected to, also from a folder that is called as theirs', async () => {
  const judge = () => neighbour.judge(() => Promise.resolve([]));
  expect(await judge()).toMatchObject({ passed: true });
  for (const folder of ['/srv/programs', `/programs/${basename(directory)}`]) {
    await neighbour.run(`mkdir -p ${folder} && cp ${programs}/runc ${folder} && mount --bind ${folder} ${programs}`);
    expect(await judge()).toMatchObject({
      passed: false,
      messageId: 'tools-changed',
      evidence: [expect.stringMatching(new RegExp(`mounted .* on ${programs}`))],
    });
    await neighbour.run(`umount ${programs}`);
  }
  expect(await judge()).toMatchObject({ passed: true });
});

test('an interrupted copy and one that belongs to no image are removed, the one in use stays', async () => {
  const others = ['0123456789abcdef', `${basename(directory)}.unfinished`].map((name) => join(dirname(directory), name));
  for (const other of others) await run('btrfs', ['subvolume', 'create', other]);
  await ensureSharedPrograms(bench.place.engine, bench.image);
  await removeUnusedPrograms(bench.place.engine);
  const left = await readdir(dirname(directory));
  expect(left).toContain(basename(directory));
  for (const other of others) expect(left).not.toContain(basename(other));
  await expectUnchanged();
});
