import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../host/run.ts';
import type { TestSandbox } from '../testing/test-bench.ts';
import { attackerViewpoint, viewpoints } from '../testing/viewpoints.ts';
import { arpAnswer, broadcast, ethernet, routerAdvertisement, sourceRoute, tagged, udp } from './ethernet.ts';
import { useGrounds } from './grounds.ts';
import { findProbes, installProbes, programOf } from './programs.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: ['frames', 'route-netlink'], withNeighbour: true });

/** Both ends of a sandbox's network. */
interface Ends {
  readonly gateway: { readonly mac: string; readonly address: string };
  readonly host: { readonly mac: string; readonly address: string };
  readonly attacker: { readonly mac: string; readonly address: string };
}

async function endsOf(one: TestSandbox): Promise<Ends> {
  const { name } = grounds.bench.place.instance;
  const facts = await Promise.all([one.parts.dockerHost.inspect(), one.parts.attacker.inspect()]);
  const [host, attacker] = facts.map(({ NetworkSettings }) => {
    const [network] = Object.values(NetworkSettings.Networks);
    return { mac: network?.MacAddress ?? '', address: network?.IPAddress ?? '' };
  }) as [Ends['host'], Ends['attacker']];
  const link = await run('ip', ['-n', name, '-oneline', 'link', 'show', one.parts.network.bridge]);
  const last = one.parts.network.subnet.replace(/\.(\d+)\/\d+$/, (_match, first: string) => `.${Number(first) + 1}`);
  return { gateway: { mac: /link\/ether (\S+)/.exec(link)?.[1] ?? '', address: last }, host, attacker };
}

/** Hears on all links of the engine's namespace while `action` runs. Gives the links on which a frame with the mark was seen, by the number behind the mark. */
async function hearing(mark: string, action: () => Promise<unknown>): Promise<Map<number, Set<string>>> {
  const child = spawn('nsenter', [`--net=${grounds.bench.place.instance.networkNamespace}`, await programOf('frames'), 'hear', 'any', '30', mark], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let heard = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (heard += text));
  await once(child.stdout, 'data');
  await action();
  await sleep(500);
  child.kill('SIGINT');
  await once(child, 'close');
  const seen = new Map<number, Set<string>>();
  for (const [, link = '', number = ''] of heard.matchAll(/^(\S+) (\d+)$/gm)) seen.set(Number(number), (seen.get(Number(number)) ?? new Set()).add(link));
  return seen;
}

/** The veths of a sandbox, as the engine's namespace names them, and its bridge. */
async function linksOf(one: TestSandbox): Promise<Set<string>> {
  const links = await run('ip', ['-n', grounds.bench.place.instance.name, '-oneline', 'link', 'show', 'master', one.parts.network.bridge]);
  return new Set([one.parts.network.bridge, ...[...links.matchAll(/^\d+: ([^@:]+)/gm)].map(([, link = '']) => link)]);
}

technique('send raw frames of every kind to another sandbox', { viewpoints, reference: 'packet(7)' }, async (viewpoint) => {
  const mark = randomBytes(8).toString('hex');
  const [own, other] = [await endsOf(grounds.sandbox), await endsOf(grounds.neighbour)];
  const me = own.host;
  const plain = (to: string, number: number): string => ethernet(to, me.mac, 0x88b5, `${mark}${number.toString(16).padStart(2, '0')}`);
  const datagram = (to: string, number: number, options = '', from = me.address): string =>
    ethernet(own.gateway.mac, me.mac, 0x0800, udp(from, to, 9, `${mark}${number.toString(16).padStart(2, '0')}`, options));
  const kinds: ReadonlyArray<readonly [what: string, frame: (number: number) => string]> = [
    ['broadcast', (number) => plain(broadcast, number)],
    ["to the neighbour's address", (number) => plain(other.host.mac, number)],
    ["to the neighbour's bridge", (number) => plain(other.gateway.mac, number)],
    ['multicast', (number) => plain('01:00:5e:00:00:fb', number)],
    ['spanning tree', (number) => plain('01:80:c2:00:00:00', number)],
    ['in a VLAN', (number) => tagged(plain(broadcast, number), 7)],
    ['in two VLANs', (number) => tagged(plain(broadcast, number), 7, 8)],
    ["in the neighbour's name", (number) => ethernet(broadcast, other.host.mac, 0x88b5, `${mark}${number.toString(16).padStart(2, '0')}`)],
    [
      "ARP: the neighbour's address is here",
      (number) => arpAnswer(broadcast, me.mac, other.host.address, other.attacker, `${mark}${number.toString(16).padStart(2, '0')}`),
    ],
    [
      "ARP: the neighbour's gateway is here",
      (number) => arpAnswer(broadcast, me.mac, other.gateway.address, other.host, `${mark}${number.toString(16).padStart(2, '0')}`),
    ],
    ['IPv4 through the gateway', (number) => datagram(other.host.address, number)],
    [
      "IPv4 to the neighbour's broadcast address",
      (number) =>
        datagram(
          other.gateway.address.replace(/\d+$/, (last) => String(Number(last) + 14)),
          number,
        ),
    ],
    ['IPv4 with a source route', (number) => datagram(own.gateway.address, number, sourceRoute(other.host.address))],
    ['IPv4 in the name of the neighbour’s gateway', (number) => datagram(other.host.address, number, '', other.gateway.address)],
    ['IPv4 to all of the link', (number) => datagram('255.255.255.255', number)],
    [
      'IPv6 router advertisement',
      (number) => ethernet('33:33:00:00:00:01', me.mac, 0x86dd, routerAdvertisement(`${mark}${number.toString(16).padStart(2, '0')}`.padEnd(32, '0'))),
    ],
  ];
  const frames = kinds.map(([, frame], number) => frame(number));
  let sent: string[] = [];
  const seen = await hearing(mark, async () => (sent = await grounds.lines(viewpoint, `${findProbes}; $probes/frames send eth0 3 ${frames.join(' ')}`)));
  const [ownLinks, others] = [await linksOf(grounds.sandbox), await linksOf(grounds.neighbour)];
  const arrived = kinds.filter((_kind, number) => [...(seen.get(number) ?? [])].some((link) => ownLinks.has(link)));
  return {
    reached: kinds.flatMap(([what], number) => ([...(seen.get(number) ?? [])].some((link) => others.has(link) || !ownLinks.has(link)) ? [what] : [])),
    control:
      arrived.length === kinds.length && sent.includes(`sent ${kinds.length * 3}`)
        ? `all ${kinds.length} kinds are seen on the sandbox's own links`
        : undefined,
    refusal: "none is seen on a link of the neighbour's",
  };
});

technique(
  'send raw frames from the attacker box, or change its addresses and routes',
  { viewpoints: [attackerViewpoint], reference: 'capabilities(7)' },
  async (viewpoint) => {
    await installProbes(grounds.sandbox.parts.attacker, 'frames');
    const own = await endsOf(grounds.sandbox);
    const frame = ethernet(broadcast, own.attacker.mac, 0x88b5, '00');
    const lines = await grounds.lines(
      viewpoint,
      `/opt/frames send eth0 1 ${frame} | sed 's/^/frame: /'
     ip address add ${own.host.address}/32 dev lo 2>&1 | sed 's/^/address: /'
     ip route add 10.213.0.0/16 via ${own.gateway.address} 2>&1 | sed 's/^/route: /'
     arp -s ${own.host.address} 02:00:00:00:00:01 2>&1 | sed 's/^/neighbour: /'
     ip link set eth0 address 02:00:00:00:00:02 2>&1 | sed 's/^/link: /'
     unshare --net --user true 2>&1 | sed 's/^/namespace: /'
     ip -oneline address show dev lo | grep -c ${own.host.address} | sed 's/^/has: /'`,
    );
    const control = await grounds.sandbox.run(`/opt/frames send eth0 1 ${frame}`);
    const refused = ['frame', 'address', 'route', 'neighbour', 'link', 'namespace'].filter((what) =>
      lines.some((line) => line.startsWith(`${what}: `) && /refused|not permitted|denied/i.test(line)),
    );
    return {
      reached: [...(refused.length === 6 ? [] : lines), ...(lines.includes('has: 0') ? [] : ['it has the address of the Docker host'])],
      control: control.output.trim() === 'sent 1' ? 'the same frame goes out from the Docker host' : undefined,
      refusal: lines.slice(0, 6).join('; '),
    };
  },
);

technique('draw what the checker asks to somebody else by false ARP answers', { viewpoints, reference: 'RFC 826' }, async (viewpoint) => {
  const [own, other] = [await endsOf(grounds.sandbox), await endsOf(grounds.neighbour)];
  const relay = await grounds.sandbox.parts.relay('vantage');
  const listen = await (await grounds.sandbox.parts.relay('dockerhost')).listen('0.0.0.0', 'genuine');
  using _listener = listen;
  const connects = async (): Promise<boolean> => {
    const connection = await relay.connectTcp(grounds.sandbox.parts.address, listen.port, 2000).catch(() => undefined);
    connection?.socket.destroy();
    return connection !== undefined;
  };
  const before = await connects();
  // The Docker host is at the attacker box, at the neighbour, at nobody; the attacker box is at the Docker host.
  const claims = [
    arpAnswer(own.attacker.mac, own.attacker.mac, own.host.address, own.attacker),
    arpAnswer(own.attacker.mac, other.host.mac, own.host.address, own.attacker),
    arpAnswer(broadcast, '02:de:ad:00:00:01', own.host.address, own.attacker),
    arpAnswer(broadcast, own.host.mac, own.attacker.address, own.gateway),
  ];
  const redirected: string[] = [];
  for (const claim of claims) {
    await grounds.lines(viewpoint, `${findProbes}; $probes/frames send eth0 5 ${claim}`);
    const table = await run('nsenter', [`--net=/proc/${await pidOf(grounds.sandbox)}/ns/net`, 'ip', 'neighbour']);
    if (await connects()) continue;
    redirected.push(
      table
        .trim()
        .split('\n')
        .find((line) => line.startsWith(own.host.address)) ?? 'nowhere',
    );
  }
  const neighbours = await (
    await grounds.neighbour.parts.relay('vantage')
  )
    .connectTcp(grounds.neighbour.parts.address, 22, 1000)
    .catch((error: Error) => error.message);
  await grounds.lines(viewpoint, `${findProbes}; $probes/frames send eth0 5 ${arpAnswer(own.attacker.mac, own.host.mac, own.host.address, own.attacker)}`);
  const after = await connects();
  return {
    // Whoever it is drawn to, there is nobody on this bridge but the sandbox's own two: an answer can only come from the Docker host.
    reached: typeof neighbours === 'string' && neighbours.includes('ECONNREFUSED') ? [] : ["the neighbour's checker does not get through"],
    control: before && after ? 'the checker gets through before and after' : undefined,
    refusal: redirected.length === 0 ? 'the checker goes on to ask the Docker host' : `the checker gets no answer for a while (${redirected.join('; ')})`,
  };
});

async function pidOf(one: TestSandbox): Promise<number> {
  return (await one.parts.attacker.inspect()).State.Pid;
}

technique("crowd the bridges' tables with 20,000 addresses", { viewpoints: viewpoints.slice(0, 1), reference: 'MAC flooding' }, async (viewpoint) => {
  const mark = randomBytes(8).toString('hex');
  const other = await endsOf(grounds.neighbour);
  const connects = async (): Promise<string> =>
    (await grounds.neighbour.runOnAttacker(`curl --silent --max-time 3 --output /dev/null http://${other.host.address}:1/; echo $?`)).output.trim();
  const before = await connects();
  const seen = await hearing(mark, async () => {
    await grounds.lines(
      viewpoint,
      `chroot / /usr/bin/perl -e 'socket(my $s, 17, 3, 0x0300) or die; my $to = pack("S n i S C C a8", 17, 3, $ARGV[0], 0, 0, 6, "");
         for (1 .. 20000) { send $s, pack("H12", "ffffffffffff") . pack("nN", 0x0200 + ($_ & 255), $_) . pack("n", 0x88b5) . pack("H*", $ARGV[1]) . "\\0" x 60, 0, $to }' $(cat /sys/class/net/eth0/ifindex) ${mark}00`,
    );
  });
  const [ownLinks, others] = [await linksOf(grounds.sandbox), await linksOf(grounds.neighbour)];
  const learned = await run('bridge', ['-n', grounds.bench.place.instance.name, 'fdb', 'show', 'br', grounds.sandbox.parts.network.bridge]);
  const links = [...(seen.get(0) ?? [])];
  return {
    reached: [
      ...links.filter((link) => others.has(link)),
      ...((await connects()) === before && before === '7' ? [] : ["the neighbour's two halves no longer reach each other"]),
      ...(learned.split('\n').length > 100 ? [`the engine's bridge has learned ${learned.split('\n').length} addresses`] : []),
    ],
    control: links.some((link) => ownLinks.has(link)) ? "the frames are seen on the sandbox's own links" : undefined,
    refusal: `the bridge learns nothing: ${learned.trim().split('\n').length} entries`,
  };
});

technique('act in the namespace at the other end of the veth', { reference: 'rtnetlink(7), IFLA_TARGET_NETNSID, IFLA_LINK_NETNSID' }, async (viewpoint) => {
  const [answers, own] = [
    await grounds.lines(viewpoint, `${findProbes}; $probes/route-netlink ask 0`),
    await grounds.lines(viewpoint, `${findProbes}; $probes/route-netlink own`),
  ];
  return {
    reached: answers.filter((line) => line.includes('reached')),
    control:
      own.some((line) => line.startsWith('list-links reached')) && own.some((line) => line.startsWith('make-link-there reached'))
        ? 'it works towards a namespace of its own'
        : undefined,
    refusal: [...new Set(answers.map((line) => line.replace(/^\S+ /, '')))].join(', '),
  };
});

technique("listen to what happens in the engine's namespace", { reference: 'netlink(7), NETLINK_LISTEN_ALL_NSID' }, async (viewpoint) => {
  const { name } = grounds.bench.place.instance;
  const listening = grounds.lines(viewpoint, `${findProbes}; $probes/route-netlink listen 3 & sleep 1.5; ip link set lo down; ip link set lo up; wait`);
  await sleep(viewpoint === viewpoints[0] ? 700 : 1500);
  await run('ip', ['-n', name, 'link', 'add', 'engine0', 'type', 'bridge']);
  await run('ip', ['-n', name, 'link', 'delete', 'engine0']);
  const lines = await listening;
  return {
    reached: lines.filter((line) => line === 'link engine0'),
    control: lines.includes('link lo') ? 'it hears of its own links' : undefined,
    refusal: 'nothing is heard',
  };
});
