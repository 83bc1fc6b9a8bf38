import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../host/run.ts';
import { viewpoints } from '../testing/viewpoints.ts';
import { useGrounds, withAndWithoutFilter } from './grounds.ts';
import { answersIn, findProbes, programOf, runOnMachine } from './programs.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: ['foreign-process', 'peer-handle', 'file-handles'], withNeighbour: true, withUnfiltered: true });

technique('processes of the machine or of a neighbour, seen', { reference: 'pid_namespaces(7)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const machine = spawn('sleep', ['86397']);
  try {
    await grounds.neighbour.run('sleep 86399 > /dev/null 2>&1 &');
    const lines = await grounds.lines(
      viewpoint,
      `sleep 86398 & sleep 0.2
       for file in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $file 2> /dev/null; echo; done | grep -E '^sleep 8639[789] ?$' | sort -u
       kill $!`,
    );
    for (const foreign of ['sleep 86397', 'sleep 86399']) await run('pgrep', ['--full', '--exact', foreign]);
    const seen = lines.map((line) => line.trim());
    return {
      reached: seen.filter((line) => line !== 'sleep 86398'),
      control: seen.includes('sleep 86398') ? 'sees its own' : undefined,
      refusal: 'not in its /proc',
    };
  } finally {
    machine.kill();
    await grounds.neighbour.run('pkill --full --exact "sleep 86399"');
  }
});

technique(
  'a process of the machine or of a neighbour by its number: ptrace, memory, pidfd, signals, limits',
  { reference: 'ptrace(2), pidfd_open(2), process_vm_readv(2)', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const targets = [process.pid, grounds.neighbour.parts.dockerHostPid];
    const lines = await grounds.lines(
      viewpoint,
      `${findProbes}\n$probes/foreign-process own\nfor pid in ${targets.join(' ')}; do [ -e /proc/$pid ] || { echo "target $pid"; $probes/foreign-process $pid; }; done`,
    );
    const first = lines.findIndex((line) => line.startsWith('target '));
    const isWay = (line: string): boolean => line.endsWith(' ok');
    const own = lines.slice(0, first).filter(isWay);
    const tried = lines.slice(first);
    return {
      reached: tried.filter(isWay),
      control: first > 0 && own.length >= 9 ? `${own.length} ways work with a child of its own` : undefined,
      refusal: tried.find((line) => line.startsWith('ptrace ')),
    };
  },
);

technique(
  "the machine's namespaces: by links in /proc, by their owners and parents",
  { reference: 'setns(2), ioctl_ns(2)', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const names = ['mnt', 'pid', 'net', 'ipc', 'uts', 'user', 'cgroup'];
    const machine = await Promise.all(names.map((name) => readlink(`/proc/self/ns/${name}`)));
    const engine = await readlink(`/proc/${grounds.neighbour.parts.dockerHostPid}/ns/net`);
    const lines = await grounds.lines(
      viewpoint,
      `ls -l /proc/[0-9]*/ns /host/proc/[0-9]*/ns 2> /dev/null | sed -n 's/.* -> //p' | sort -u
     unshare --mount --uts true && echo control: made namespaces of its own`,
    );
    return {
      reached: lines.filter((line) => machine.includes(line) || line === engine),
      control: lines.some((line) => line.startsWith('pid:')) ? lines.find((line) => line.startsWith('control: '))?.slice(9) : undefined,
      refusal: 'none of them is to be seen',
    };
  },
);

technique(
  "the machine's namespaces by file handle",
  { reference: 'open_by_handle_at(2); nsfs handles since Linux 6.18', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const handles = await Promise.all(
      ['net', 'mnt', 'user', 'pid'].map((name) => runOnMachine('file-handles', ['name', `/proc/self/ns/${name}`]).catch(() => undefined)),
    );
    const lines = await grounds.lines(
      viewpoint,
      `${findProbes}
     mkdir -p /tmp/handles && mount -t tmpfs none /tmp/handles && touch /tmp/handles/namespace && mount --bind /proc/self/ns/uts /tmp/handles/namespace && echo control: holds a namespace of its own
     ${handles.map((handle) => (handle === undefined ? 'echo this kernel has none' : `$probes/file-handles open ${handle.trim()}`)).join('\n')}
     umount /tmp/handles/namespace; umount /tmp/handles`,
    );
    return {
      reached: lines.filter((line) => line.startsWith('opened ')),
      control: lines.find((line) => line.startsWith('control: '))?.slice(9),
      refusal: lines.find((line) => /^(E|this kernel)/.test(line)),
    };
  },
);

technique(
  'a handle of the relay, which connects from outside (SO_PEERPIDFD): its files, its namespaces, signals',
  { reference: 'unix(7), pidfd_getfd(2), ioctl_pidfd', viewpoints: viewpoints.slice(0, 1) },
  async (viewpoint) => {
    const path = '/tmp/peer.sock';
    const listening = grounds.lines(viewpoint, `${findProbes}\ntimeout 20 $probes/peer-handle listen ${path}`);
    const relay = await grounds.sandbox.parts.relay('dockerhost');
    const { socket } = await insist(() => relay.connectUnix(path));
    const taken = answersIn((await listening).join('\n'));
    socket.destroy();
    const own = answersIn(
      await viewpoint.run(
        grounds.sandbox,
        `${findProbes}\ntimeout 20 $probes/peer-handle listen ${path} & sleep 0.5; $probes/peer-handle connect ${path}; wait`,
      ),
    );
    const ways = ['pidfd_getfd', 'pidfd_send_signal', 'setns-pid', 'setns-mount', 'setns-all', 'namespace-pid', 'namespace-mount', 'ptrace'];
    const works = own.get('SO_PEERPIDFD') === 'ok' ? ways.filter((way) => own.get(way) === 'ok') : [];
    return {
      reached: ways.filter((way) => taken.get(way) === 'ok'),
      control:
        works.length > 0
          ? `with a peer of its own: ${works.join(', ')}`
          : own.get('SO_PEERPIDFD') === 'ENOPROTOOPT'
            ? 'this kernel gives no handles'
            : undefined,
      refusal: ways.flatMap((way) => (taken.has(way) ? [`${way} ${taken.get(way)}`] : [])).join(', '),
    };
  },
);

technique(
  "ids of the machine, mapped into a user namespace of one's own",
  { reference: 'user_namespaces(7)', viewpoints: withAndWithoutFilter },
  async (viewpoint) => {
    const lines = await grounds.lines(
      viewpoint,
      `for map in '0 0 4294967295' '0 1048576 1000' '0 0 65536'; do
       unshare -U sleep 5 & sleep 0.2
       if (echo "$map" > /proc/$!/uid_map) 2> /tmp/refusal; then echo "mapped $map"; else sed 's/^.*: /refused /' /tmp/refusal; fi
       kill $!
     done
     touch /tmp/foreign; chown 2000000 /tmp/foreign 2>&1 && echo mapped an id outside of its own`,
    );
    const own = 'mapped 0 0 65536';
    return {
      reached: lines.filter((line) => line.startsWith('mapped ') && line !== own),
      control: lines.includes(own) ? 'maps ids of its own' : undefined,
      refusal: lines.find((line) => line.startsWith('refused '))?.slice(8),
    };
  },
);

technique('abstract unix sockets of the machine', { reference: 'unix(7)', viewpoints: withAndWithoutFilter }, async (viewpoint) => {
  const name = `@schott-breakout-${process.pid}`;
  const program = await programOf('peer-handle');
  // One in the machine's network namespace, one in the engine's.
  const listeners = [
    spawn(program, ['listen', name]),
    spawn('nsenter', [`--net=${grounds.bench.place.instance.networkNamespace}`, program, 'listen', `${name}-engine`]),
  ];
  try {
    await Promise.all(listeners.map((listener) => once(listener.stdout, 'data')));
    const lines = await grounds.lines(
      viewpoint,
      `${findProbes}
       timeout 9 $probes/peer-handle listen @own > /dev/null & sleep 0.3
       $probes/peer-handle connect @own | sed 's/^/control: /'
       for name in ${name} ${name}-engine; do $probes/peer-handle connect $name; done
       grep -E '@.*(schott|containerd|docker)' /proc/net/unix | grep -v '@own'; true`,
    );
    const isThere = (await runOnMachine('peer-handle', ['connect', name])).startsWith('connected');
    return {
      reached: lines.filter((line) => /^connected|@/.test(line)),
      control: isThere && lines.includes('control: connected') ? 'connects to its own; the machine connects to its' : undefined,
      refusal: lines.find((line) => line.startsWith('connect ')),
    };
  } finally {
    for (const listener of listeners) listener.kill();
  }
});

/** The other side may need a moment until it listens. */
async function insist<T>(action: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (attempt === 50) throw error;
      await sleep(100);
    }
  }
}
