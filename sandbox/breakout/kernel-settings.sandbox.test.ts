import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, succeeds } from '../host/run.ts';
import { viewpoints } from '../testing/viewpoints.ts';
import { useGrounds, unfilteredViewpoint, withAndWithoutFilter } from './grounds.ts';
import { isNamespaced } from './namespaced-settings.ts';
import { answersIn } from './programs.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: [], withNeighbour: true, withUnfiltered: true });

/** Each gets the value it has: a hole shows, but does no harm. */
const dangerous: ReadonlyArray<readonly [title: string, reference: string, paths: readonly string[]]> = [
  ['core_pattern: a program that the machine runs for each crash', 'core(5)', ['/proc/sys/kernel/core_pattern']],
  ['the path of modprobe', 'proc_sys_kernel(5)', ['/proc/sys/kernel/modprobe', '/proc/sys/kernel/hotplug', '/proc/sys/kernel/poweroff_cmd']],
  ['uevent_helper: a program that the machine runs for each device', 'CVE-2022-0492 and before', ['/sys/kernel/uevent_helper']],
  ['sysrq', 'admin-guide/sysrq.rst', ['/proc/sys/kernel/sysrq', '/proc/sysrq-trigger']],
  ['suspend and power off', 'power/interface.rst', ['/sys/power/state', '/sys/power/disk', '/sys/kernel/reboot/force']],
];

for (const [title, reference, paths] of dangerous) {
  technique(title, { reference, viewpoints: withAndWithoutFilter }, async (viewpoint) => {
    const lines = await grounds.lines(
      viewpoint,
      `try() { [ -e "$1" ] || { echo "refused: not there"; return; }; value=$(cat "$1" 2> /dev/null || echo h); if (echo "$value" > "$1") 2> /tmp/refusal; then echo "wrote $1"; else sed 's/^.*: /refused: /' /tmp/refusal; fi; }
       try /proc/sys/net/ipv4/ip_forward
       for file in ${paths.join(' ')}; do try $file; [ -d /host/proc ] && try /host$file; done; true`,
    );
    const [control, ...others] = lines;
    return {
      reached: others.filter((line) => line.startsWith('wrote ')),
      control: control === 'wrote /proc/sys/net/ipv4/ip_forward' ? 'wrote ip_forward of its own network' : undefined,
      refusal: others.find((line) => line.startsWith('refused: '))?.slice(9),
    };
  });
}

technique('every file in /proc/sys that can be written', { reference: 'proc_sys(5)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const lines = await grounds.lines(
    viewpoint,
    `find /proc/sys -type f -perm /222 2> /dev/null | grep -v -E '/(eth0|docker0|br-[^/]*|lo|all)/' | while read file; do
       value=$(cat $file 2> /dev/null) && (echo "$value" > $file) 2> /dev/null && echo "$file"
     done`,
  );
  const own = lines.filter(isNamespaced);
  return {
    reached: lines.filter((line) => !isNamespaced(line)),
    control: own.length > 0 ? `wrote ${own.length} settings of its own namespaces` : undefined,
    refusal: 'EACCES or EPERM for all others',
  };
});

technique(
  "a setting of one's own namespaces that is in truth the machine's, the engine's or the neighbour's",
  { reference: 'namespaces(7)' },
  async (viewpoint) => {
    const files = await grounds.lines(
      viewpoint,
      `find /proc/sys -type f -perm /222 2> /dev/null | grep -v -E '/(eth0|docker0|br-[^/]*|lo|all|ns_last_pid)(/|$)'`,
    );
    const everywhere = async (): Promise<Readonly<Record<string, ReadonlyMap<string, string>>>> => {
      const script = `while read file; do echo "$file $(cat $file 2> /dev/null)"; done <<'END'\n${files.join('\n')}\nEND`;
      const [machine, engine, neighbour] = await Promise.all([
        run('sh', ['-c', script]),
        run('nsenter', [`--net=${grounds.bench.place.instance.networkNamespace}`, 'sh', '-c', script]),
        grounds.neighbour.run(script).then(({ output }) => output),
      ]);
      return { machine: answersIn(machine), engine: answersIn(engine), neighbour: answersIn(neighbour) };
    };
    const before = await everywhere();
    // Each gets another number than it has, and its own again in the end.
    const changed = await grounds.lines(
      viewpoint,
      `while read file; do
       value=$(cat $file 2> /dev/null); case $value in '' | *[!0-9]*) continue ;; esac
       (echo $((value + 1)) > $file) 2> /dev/null; [ "$(cat $file)" = "$value" ] && (echo $((value - 1)) > $file) 2> /dev/null
       [ "$(cat $file)" = "$value" ] || echo "$file $value"
     done > /tmp/changed <<'FILES'\n${files.join('\n')}\nFILES\ncat /tmp/changed`,
    );
    const after = await everywhere();
    await viewpoint.run(grounds.sandbox, 'while read file value; do echo $value > $file; done < /tmp/changed');
    const settings = changed.map((line) => line.split(' ', 1)[0] ?? '');
    const reached = Object.entries(after).flatMap(([who, values]) =>
      settings.filter((file) => values.get(file) !== before[who]?.get(file)).map((file) => `the ${who}'s ${file}`),
    );
    return { reached, control: settings.length > 100 ? `changed ${settings.length} settings of its own` : undefined, refusal: 'nobody else sees a change' };
  },
);

technique(
  "an interpreter for the machine's programs (binfmt_misc)",
  { reference: 'binfmt-misc.rst; per user namespace since Linux 6.7', viewpoints: [...viewpoints.slice(0, 1), unfilteredViewpoint] },
  async (viewpoint) => {
    const program = join(tmpdir(), `schott-breakout-${process.pid}`);
    await writeFile(program, 'SCHOTT-MAGIC\n', { mode: 0o755 });
    try {
      const lines = await grounds.lines(
        viewpoint,
        `mkdir -p /tmp/formats; mount -t binfmt_misc none /tmp/formats && echo ':probe:M::SCHOTT-MAGIC::/usr/lib/schott/probe/true:' > /tmp/formats/register && echo registered
       printf 'SCHOTT-MAGIC\\n' > /tmp/magic; chmod +x /tmp/magic; timeout 5 /tmp/magic && echo interpreted`,
      );
      const isReached = await succeeds('env', [program]);
      await viewpoint.run(grounds.sandbox, 'echo -1 > /tmp/formats/probe; umount /tmp/formats');
      const hasMounted = lines.includes('registered');
      return {
        reached: isReached ? ["the machine runs the sandbox's interpreter"] : [],
        // Before Linux 6.7 there is one for all, which is not to be had from inside; then a refusal is what must come.
        control: hasMounted
          ? lines.includes('interpreted')
            ? 'interpreted inside'
            : undefined
          : (await succeeds('sh', ['-c', '[ -e /proc/sys/fs/binfmt_misc ]']))
            ? 'the machine has one'
            : undefined,
        refusal: hasMounted ? 'the machine does not know it' : lines.find((line) => line.startsWith('mount: ')),
      };
    } finally {
      await rm(program, { force: true });
    }
  },
);

technique("the kernel's memory: kcore, kmem, page flags", { reference: 'proc(5)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const lines = await grounds.lines(
    viewpoint,
    `for file in /proc/kcore /dev/mem /dev/kmem /proc/kpagecount /proc/kpageflags /proc/kpagecgroup /proc/vmallocinfo /proc/slabinfo /proc/kmsg /proc/self/mem; do
       for root in '' /host; do (timeout 2 head -c 1 $root$file > /dev/null) 2> /tmp/refusal && echo "read $root$file" || sed 's/^.*: /refused /' /tmp/refusal; done
     done
     head -c 8 /proc/self/pagemap > /dev/null && echo control: read pagemap of itself`,
  );
  return {
    reached: lines.filter((line) => line.startsWith('read ')),
    control: lines.find((line) => line.startsWith('control: '))?.slice(9),
    refusal: lines.find((line) => /^refused .*ermi/.test(line))?.slice(8),
  };
});

technique(
  'addresses of the kernel: kallsyms, iomem, modules, page frames',
  { reference: 'kptr_restrict, proc(5)', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const lines = await grounds.lines(
      viewpoint,
      `for file in kallsyms modules iomem timer_list; do grep -E -m 1 '^(0x)?[0-9a-f]*[1-9a-f][0-9a-f]*[ -]|ffffffff[0-9a-f]{8}' /proc/$file 2> /dev/null | sed "s/^/$file: /"; done
     grep -c . /proc/kallsyms`,
    );
    const machine = (await readFile('/proc/kallsyms', 'utf8')).split('\n', 200).some((line) => /^[0-9a-f]*[1-9a-f][0-9a-f]* /.test(line));
    const names = Number(lines.at(-1));
    return {
      reached: lines.slice(0, -1),
      control: names > 0 ? `${names} names${machine ? ", and the machine's root sees addresses" : ''}` : undefined,
      refusal: 'all addresses are 0',
    };
  },
);

technique('the kernel log', { reference: 'dmesg(1), dmesg_restrict', viewpoints }, async (viewpoint) => {
  const lines = await grounds.lines(
    viewpoint,
    `dmesg > /tmp/log 2> /tmp/refusal && echo "read $(head -n 1 /tmp/log)"; cat /tmp/refusal; mknod /tmp/kmsg c 1 11 2> /dev/null && head -c 1 /tmp/kmsg && echo read kmsg; true`,
  );
  const onMachine = await succeeds('dmesg', []);
  return {
    reached: lines.filter((line) => line.startsWith('read ')),
    control: onMachine ? "the machine's root reads it" : undefined,
    refusal: lines.find((line) => line.startsWith('dmesg: ')),
  };
});

technique('the clock', { reference: 'clock_settime(2)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const lines = await grounds.lines(
    viewpoint,
    `date -s "$(date '+%Y-%m-%d %H:%M:%S')" 2>&1 | grep date: || echo set; date -s nonsense 2>&1 | grep -q invalid && echo control: an impossible date gets another answer`,
  );
  return {
    reached: lines.filter((line) => line === 'set'),
    control: lines.find((line) => line.startsWith('control: '))?.slice(9),
    refusal: lines.find((line) => line.startsWith('date: ')),
  };
});

technique('reboot', { reference: 'reboot(2), pid_namespaces(7)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const bootId = (): Promise<string> => readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  const before = await bootId();
  // In a pid namespace of its own, whose first process the call ends instead.
  const lines = await grounds.lines(
    viewpoint,
    `unshare --pid --fork --mount-proc sh -c 'echo control: is process $$ of a pid namespace; reboot -f; sleep 1'; echo "ended with $?"`,
  );
  return {
    reached: before === (await bootId()) ? [] : ['the machine'],
    control: lines.find((line) => line === 'control: is process 1 of a pid namespace')?.slice(9),
    refusal: lines.find((line) => line.startsWith('reboot:')) ?? lines.find((line) => line.startsWith('ended with')),
  };
});
