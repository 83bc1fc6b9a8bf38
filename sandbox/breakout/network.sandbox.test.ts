import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll } from 'vitest';
import { run } from '../host/run.ts';
import { startCanaryServer, type CanaryServer } from '../testing/canary-server.ts';
import type { TestSandbox } from '../testing/test-bench.ts';
import { attackerViewpoint, viewpoints, type Viewpoint } from '../testing/viewpoints.ts';
import { useGrounds } from './grounds.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: [], withNeighbour: true });
const everywhere = { viewpoints: [...viewpoints, attackerViewpoint] };

const [machineText, neighbourText, controlText] = ['machine', 'neighbour', 'control'].map((who) => `canary-${who}-${process.pid}`) as [string, string, string];
let server: CanaryServer;

beforeAll(async () => {
  server = await startCanaryServer(machineText);
  await grounds.neighbour.run(`
    echo 'DOCKER_OPTS="--host=unix:///var/run/docker.sock --host=tcp://0.0.0.0:2375 --tls=false"' > /etc/default/docker
    systemctl restart docker
    mkdir /srv/www && echo ${neighbourText} > /srv/www/index.html
    docker run --detach --publish 8080:80 --volume /srv/www:/www lab/bb httpd -f -p 80 -h /www`);
});
afterAll(async () => server?.[Symbol.asyncDispose]());

/** The sandbox's side of its network: the address of the bridge, which is the engine's. */
const gatewayOf = (one: TestSandbox): string => one.parts.network.subnet.replace(/\.(\d+)\/\d+$/, (_match, last: string) => `.${Number(last) + 1}`);

async function attackerAddressOf(one: TestSandbox): Promise<string> {
  const { NetworkSettings } = await one.parts.attacker.inspect();
  return Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '';
}

/**
 * Tries each address at once and says what came: an answer, or a refusal, which shows that somebody is there. The control is a listener in the sandbox's
 * own other half. What the learner can do about routes is done first.
 */
async function reach(
  viewpoint: Viewpoint,
  targets: ReadonlyArray<readonly [address: string, port: number]>,
): Promise<{ answers: string[]; control: string | undefined }> {
  const { sandbox, neighbour } = grounds;
  const isAttacker = viewpoint === attackerViewpoint;
  const relay = await sandbox.parts.relay(isAttacker ? 'dockerhost' : 'attacker');
  using listener = await relay.listen('0.0.0.0', controlText);
  const lines = await grounds.lines(
    viewpoint,
    `get() { if answer=$(wget -q -T 2 -O - "http://$1:$2/" 2>&1); then echo "reached $1:$2: $answer"; else echo "$answer" | grep -q -i -e refused -e 'server returned' && echo "there is $1:$2: $answer"; fi; }
     ip route replace default via ${gatewayOf(sandbox)} 2> /dev/null
     ip route replace ${neighbour.parts.network.subnet} via ${gatewayOf(sandbox)} 2> /dev/null
     ${targets.map(([address, port]) => `get ${address} ${port} &`).join('\n')}
     wait
     get ${isAttacker ? sandbox.parts.address : await attackerAddressOf(sandbox)} ${listener.port} | sed 's/^/control: /'
     ip route del ${neighbour.parts.network.subnet} 2> /dev/null`,
  );
  const control = lines.find((line) => line.startsWith('control: '));
  return {
    answers: lines.filter((line) => /^(reached|there is) /.test(line)),
    control: control?.includes(controlText) ? 'a listener in the other half of the same sandbox answers' : undefined,
  };
}

technique("reach the machine's server, on its loopback or any of its addresses", everywhere, async (viewpoint) => {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4')
    .map((address) => address.address);
  const isUp = (await (await fetch(`http://127.0.0.1:${server.port}/`)).text()) === machineText;
  const before = server.connections;
  const { answers, control } = await reach(
    viewpoint,
    [...own, '0.0.0.0', gatewayOf(grounds.sandbox)].map((address) => [address, server.port]),
  );
  return {
    // Its own loopback and its gateway may refuse: nobody listens there.
    reached: [
      ...answers.filter((line) => !/^there is (127\.0\.0\.1|0\.0\.0\.0|10\.213\.)/.test(line)),
      ...(server.connections > before ? ['the server has seen a connection'] : []),
    ],
    control: isUp ? control : undefined,
    refusal: `no answer from ${own.length} addresses`,
  };
});

technique('reach the metadata address of clouds, or any address outside', everywhere, async (viewpoint) => {
  const { answers, control } = await reach(viewpoint, [
    ['169.254.169.254', 80],
    ['192.0.2.1', 80],
    ['100.100.100.200', 80],
  ]);
  return { reached: answers, control, refusal: 'no answer' };
});

technique('reach another sandbox: its address, its nested API, its published port', everywhere, async (viewpoint) => {
  const { neighbour } = grounds;
  const { address } = neighbour.parts;
  const fromItsOwn = await neighbour.runOnAttacker(
    `curl --silent --max-time 5 http://${address}:2375/_ping; echo; curl --silent --max-time 5 http://${address}:8080/`,
  );
  using listener = await (await neighbour.parts.relay('dockerhost')).listen('0.0.0.0', neighbourText);
  const { answers, control } = await reach(viewpoint, [
    [address, listener.port],
    [address, 2375],
    [address, 8080],
    [await attackerAddressOf(neighbour), 22],
    [gatewayOf(neighbour), 8080],
  ]);
  return {
    reached: answers.filter((line) => !line.startsWith(`there is ${gatewayOf(neighbour)}:`)),
    control: fromItsOwn.output.trim() === `OK\n${neighbourText}` ? control : undefined,
    refusal: "no answer; its gateway, an address of the engine's namespace, refuses",
  };
});

technique('find a service at the gateway, on any port', everywhere, async (viewpoint) => {
  const { sandbox } = grounds;
  const relay = await sandbox.parts.relay(viewpoint === attackerViewpoint ? 'dockerhost' : 'attacker');
  using listener = await relay.listen('0.0.0.0', controlText);
  const other = viewpoint === attackerViewpoint ? sandbox.parts.address : await attackerAddressOf(sandbox);
  const root = '$([ -d /host/usr ] && echo /host || echo /)';
  const scan = (address: string, from: number, to: number): string =>
    `chroot ${root} /usr/bin/perl -MSocket -e '
       for my $port (${from} .. ${to}) {
         socket(my $s, AF_INET, SOCK_STREAM, 0);
         alarm 1; local $SIG{ALRM} = sub { die "silent at $port\\n" };
         print "open $port\\n" if connect($s, pack_sockaddr_in($port, inet_aton("${address}"))); alarm 0 }'`;
  const lines = await grounds.lines(
    viewpoint,
    `${scan(gatewayOf(sandbox), 1, 65_535)}
     ${scan(other, listener.port - 50, listener.port + 50)} | sed 's/^/control: /'`,
  );
  const inTheNamespace = await run('nsenter', [
    `--net=${grounds.bench.place.instance.networkNamespace}`,
    'ss',
    '--listening',
    '--tcp',
    '--udp',
    '--raw',
    '--no-header',
  ]);
  return {
    reached: [...lines.filter((line) => line.startsWith('open ') || line.startsWith('silent')), ...inTheNamespace.split('\n').filter(Boolean)],
    control: lines.includes(`control: open ${listener.port}`) ? 'the same scan finds a listener of its own' : undefined,
    refusal: '65,535 ports refused',
  };
});

technique(
  "resolve names that only the machine's resolver or another sandbox knows",
  { ...everywhere, reference: 'libnetwork: embedded DNS, 127.0.0.11' },
  async (viewpoint) => {
    const { neighbour } = grounds;
    const foreign = [
      'example.com',
      `schott-${neighbour.parts.id}-dockerhost`,
      `schott-${neighbour.parts.id}-attacker`,
      `dockerhost.schott-${neighbour.parts.id}`,
      neighbour.parts.dockerHost.id.slice(0, 12),
    ];
    const own = viewpoint === attackerViewpoint ? 'dockerhost' : 'attacker';
    const lines = await grounds.lines(
      viewpoint,
      `ask() { timeout 8 nslookup -type=a "$1" 127.0.0.11 2>&1 | sed -n "/^Name/,\\$s/^Address.*: \\([0-9.]*\\)$/$2 $1 is \\1/p"; }
     ${foreign.map((name) => `ask ${name} reached &`).join('\n')}
     wait; ask ${own} control`,
    );
    const machineOwn = await run('getent', ['hosts', 'localhost']);
    return {
      reached: lines.filter((line) => line.startsWith('reached')),
      control: machineOwn !== '' && lines.some((line) => line.startsWith('control ')) ? `it resolves names of its own sandbox: ${lines.at(-1)}` : undefined,
      refusal: `no answer for ${foreign.length} names`,
    };
  },
);

technique("change the engine's routes, links or firewall by the sandbox's own", { reference: 'network_namespaces(7)' }, async (viewpoint) => {
  const { name, networkNamespace } = grounds.bench.place.instance;
  const mark = `SCHOTT-PROBE-${process.pid}`;
  const look = async (): Promise<string> =>
    (
      await Promise.all([
        run('ip', ['-n', name, '-4', 'route', 'show', 'table', 'all']),
        run('ip', ['-n', name, 'rule']),
        run('ip', ['-n', name, '-oneline', '-brief', 'link']),
        run('nsenter', [`--net=${networkNamespace}`, 'iptables-save']),
        run('iptables-save', []),
      ])
    )
      .join('\n')
      .replaceAll(/^#.*$|\[\d+:\d+\]/gm, '');
  const before = await look();
  const lines = await grounds.lines(
    viewpoint,
    `root=$([ -d /host/usr ] && echo /host || echo /)
     chroot $root /usr/sbin/iptables --table nat --new-chain ${mark} && chroot $root /usr/sbin/iptables-save | grep -c '^:${mark}' | sed 's/^/control: /'
     ip route add 10.213.0.0/16 via ${gatewayOf(grounds.sandbox)}; ip rule add to 198.51.100.0/24 lookup 77; brctl addbr probe0
     echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv4/conf/all/proxy_arp; echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
     sleep 1
     ip route del 10.213.0.0/16; ip rule del to 198.51.100.0/24; brctl delbr probe0`,
  );
  const after = await look();
  await grounds.lines(viewpoint, `chroot $([ -d /host/usr ] && echo /host || echo /) /usr/sbin/iptables --table nat --delete-chain ${mark}`);
  const forwarding = await run('nsenter', [`--net=${networkNamespace}`, 'cat', '/proc/sys/net/ipv4/ip_forward', '/proc/sys/net/ipv4/conf/all/proxy_arp']);
  return {
    reached: [...(after === before ? [] : ["the engine's or the machine's tables have changed"]), ...(forwarding === '0\n0\n' ? [] : ['forwarding is on'])],
    control: lines.includes('control: 1') ? 'a chain, a route, a rule and a bridge of its own were made' : undefined,
    refusal: 'all of it stayed in its namespace',
  };
});

technique('use a way out of the namespace of the engine', { viewpoints: viewpoints.slice(0, 1) }, async () => {
  const { name, networkNamespace } = grounds.bench.place.instance;
  const routes = (await run('ip', ['-n', name, 'route'])).trimEnd().split('\n');
  const links = (await run('ip', ['-n', name, '-oneline', 'link'])).trimEnd().split('\n');
  const sixes = await run('nsenter', [`--net=${networkNamespace}`, 'ip', '-6', 'address']);
  return {
    reached: [
      ...routes.filter((route) => !/^10\.213\.\d+\.\d+\/28 dev br-/.test(route)),
      ...links.filter((link) => !/^\d+: (lo:|br-|veth)/.test(link)),
      ...(sixes.includes('fe80') ? ['the bridges have IPv6 addresses'] : []),
    ],
    control: routes.some((route) => route.startsWith(grounds.sandbox.parts.network.subnet)) ? `its routes lead to ${routes.length} bridges` : undefined,
    refusal: 'no other route or link there, no IPv6',
  };
});
