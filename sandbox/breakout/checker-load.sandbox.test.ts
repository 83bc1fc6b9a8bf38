import { useGrounds } from './grounds.ts';
import { unbearable, withOwnLoad } from './own-load.ts';
import { technique, type Finding } from './technique.ts';
import { endTrapProcesses, fromTheHost, say, setTrap, thorough, until } from './traps.ts';

const grounds = useGrounds({ probes: [], withNeighbour: true });

/**
 * Has both sandboxes judged while there is a trap in the first. Its check must end with one of the expected verdicts, at a bearable cost, and the
 * neighbour's must pass as ever; without the trap the first one's passes, too, before and after.
 */
async function judgeWithTrap(trap: string, untrap: string, expected: readonly string[]): Promise<Finding> {
  const { sandbox, neighbour } = grounds;
  const before = await sandbox.judge(thorough);
  await setTrap(sandbox, trap);
  const { result, ...load } = await withOwnLoad(() => Promise.all([sandbox.judge(thorough), neighbour.judge(thorough)]));
  const [verdict, neighbours] = result;
  await setTrap(sandbox, untrap);
  const after = await sandbox.judge(thorough);
  return {
    reached: [
      ...unbearable(load),
      ...(expected.includes(verdict.messageId ?? 'passed') ? [] : [`the check said ${say(verdict)}`]),
      ...(neighbours.passed ? [] : [`the neighbour's check said ${say(neighbours)}`]),
      ...(after.passed ? [] : [`the check said afterwards ${say(after)}`]),
    ],
    control: before.passed ? `without the trap a check passes: ${before.evidence.join()}` : undefined,
    refusal: `${say(verdict)}; longest stall ${load.stallMs} ms, grew by ${load.grownMiB} MiB`,
  };
}

technique('make the checker read 15,000 mounts for each of 800 processes', { ...fromTheHost, reference: 'proc_pid_mountinfo(5)' }, () =>
  judgeWithTrap(
    `cat > /tmp/mounts.pl <<'END'
       use strict; $0 = "trap-process"; my ($name, $from, $none) = ("x" x 200, "/usr", "");
       for (1 .. 15000) { my $to = "/mnt/$name$_"; mkdir $to; syscall(165, $from, $to, $none, 4096, 0) == 0 or die "mount: $!" }
       for (1 .. 800) { fork or do { sleep 300; exit } }
       open my $ready, ">", "/tmp/ready"; sleep 300
END
     unshare --mount sh -c 'mount -t tmpfs none /mnt; exec perl /tmp/mounts.pl' > /tmp/mounts.log 2>&1 < /dev/null &
     ${until('[ -e /tmp/ready ]')} || { cat /tmp/mounts.log; exit 1; }`,
    `rm -f /tmp/ready; ${endTrapProcesses}`,
    ['too-much'],
  ),
);

technique('make the checker read processes that are in 65,000 groups each', { ...fromTheHost, reference: 'getgroups(2)' }, () =>
  judgeWithTrap(
    `perl -e '$0 = "trap-process"; $) = join " ", 0, 1 .. 65000; for (1 .. 300) { fork or do { sleep 300; exit } } open my $ready, ">", "/tmp/ready"; sleep 300' > /dev/null 2>&1 < /dev/null &
     ${until('[ -e /tmp/ready ]')}`,
    `rm -f /tmp/ready; ${endTrapProcesses}`,
    ['too-much'],
  ),
);

technique('make the checker search 60,000 sockets for that of the nested engine', { ...fromTheHost, reference: 'proc_net(5)' }, () =>
  judgeWithTrap(
    `for i in 1 2 3 4; do
       perl -MSocket -e '$0 = "trap-process"; my @held; for (1 .. 7500) { socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, 0) or last; push @held, $a, $b }
         open my $ready, ">", "/tmp/ready-$$"; sleep 300' > /dev/null 2>&1 < /dev/null &
     done
     ${until('[ "$(ls /tmp/ready-* 2> /dev/null | wc -l)" = 4 ]')}`,
    `rm -f /tmp/ready-*; ${endTrapProcesses}`,
    ['too-much'],
  ),
);

technique('make the checker walk through 6,000 cgroups', { ...fromTheHost, reference: 'cgroups(7)' }, () =>
  judgeWithTrap(
    `directory=/sys/fs/cgroup/pids; [ -d $directory ] || directory=/sys/fs/cgroup
     perl -e 'for (1 .. 6000) { mkdir "$ARGV[0]/trap$_" or die "$!" }' $directory`,
    `directory=/sys/fs/cgroup/pids; [ -d $directory ] || directory=/sys/fs/cgroup
     perl -e 'for (1 .. 6000) { rmdir "$ARGV[0]/trap$_" or die "$!" }' $directory`,
    ['too-much'],
  ),
);

technique('make the checker hash one large program after the other', fromTheHost, () =>
  judgeWithTrap(
    `for i in $(seq 20); do
       mkdir -p /tmp/large/$i; cp /usr/bin/sleep /tmp/large/$i/runc; truncate --size=200M /tmp/large/$i/runc
       (exec -a trap-process /tmp/large/$i/runc 300) > /dev/null 2>&1 < /dev/null &
     done
     ${until('[ "$(pgrep -c -x runc)" = 20 ]')}`,
    `${endTrapProcesses}; rm -rf /tmp/large`,
    ['tools-changed'],
  ),
);

technique('fill the keeper with the labels of containers', fromTheHost, () =>
  judgeWithTrap(
    `perl -e 'print "{\\"Image\\":\\"lab/bb\\",\\"Labels\\":{\\"trap\\":\\"", "x" x 1500000, "\\"}}"' > /tmp/body
     for i in $(seq 20); do
       curl --silent --fail --output /dev/null --unix-socket /run/docker.sock --header 'Content-Type: application/json' --data-binary @/tmp/body "http://d/v1.40/containers/create?name=trap$i" &
     done; wait; [ "$(docker ps --all --quiet | wc -l)" = 20 ]`,
    `docker rm --force $(docker ps --all --quiet) > /dev/null; rm /tmp/body`,
    ['too-much'],
  ),
);
