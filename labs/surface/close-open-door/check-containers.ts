import { Inconclusive } from '#lab';
import type { Evidence, RoleContainer } from '#lab';
import { containerDoors, isLoopback } from './container-doors.ts';
import { findShop, proveShop, type Tools } from './shop.ts';

/** Code that runs in the shop reaches no Docker API: on no port of the Docker host, on none of another container, and through no socket file. */
export async function checkContainers(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const shop = await findShop(tools);
  const control = await proveShop(tools);
  const mounts = (await shop.processes()).flatMap((process) => process.mounts);
  const socket = mounts.find(({ root, target }) => [root, target].some((path) => path.endsWith('/docker.sock')));
  if (socket !== undefined) throw notYet('socket-in-shop', [`${socket.target} in the shop is a socket of the Docker host`]);

  const targets = [
    ...(await hostTargets(tools, shop)),
    ...(await containerDoors(tools)).filter(({ container }) => container !== shop.id).map(({ host, port }) => `${host}:${port}`),
  ];
  const mark = sandbox.random();
  const { output } = await shop.twin(script(mark, sandbox.probeLabels, targets), { timeoutMs: 8000 });
  const lines = output.trim().split('\n');
  if (!lines.includes(`heard ${mark}`)) throw new Inconclusive('control-failed', ['a copy of the shop does not even hear itself', ...lines]);

  const made = (await sandbox.containers()).filter(({ labels }) => labels['lab.door'] === mark);
  if (made.length > 0) await sandbox.runOnHost(`docker rm --force ${made.map(({ id }) => id).join(' ')}`);
  const answers = lines.filter((line) => !line.startsWith('heard ')).map((line) => `asked from a copy of the shop: ${line}`);
  if (made.length > 0) throw notYet('open-to-containers', [...answers, `containers that came about: ${made.length}`]);
  return [control, ...answers];
}

/** Every port of the Docker host, at its address in the shop's networks and in the attacker's. */
async function hostTargets({ sandbox }: Tools, shop: RoleContainer): Promise<string[]> {
  const [{ namespaces }] = await shop.processes();
  const sharesNetwork = namespaces.net === (await sandbox.hostProcess()).namespaces.net;
  const listeners = (await sandbox.listeners()).filter((listener) => sharesNetwork || !isLoopback(listener));
  const details = (await sandbox.engineApi(`/containers/${shop.id}/json`)) as { NetworkSettings?: { Networks?: Record<string, { NetworkID?: string }> } };
  const networks = await Promise.all(
    Object.values(details.NetworkSettings?.Networks ?? {}).map(({ NetworkID = '' }) => sandbox.engineApi(`/networks/${NetworkID}`)),
  );
  const gateways = (networks as ({ IPAM?: { Config?: readonly { Gateway?: string }[] } } | undefined)[]).flatMap((network) =>
    (network?.IPAM?.Config ?? []).flatMap(({ Gateway = '' }) => (/^[\d.]+$/.test(Gateway) ? [Gateway] : [])),
  );
  const addresses = sharesNetwork ? ['127.0.0.1'] : [...gateways, sandbox.address];
  return [...new Set(listeners.map(({ port }) => port))].flatMap((port) => addresses.map((address) => `${address}:${port}`));
}

/** For the checker's own shell in the copy. It first proves that its tools work by hearing itself, then asks every target for a container. */
function script(mark: string, labels: Readonly<Record<string, string>>, targets: readonly string[]): string {
  const body = JSON.stringify({ Image: 'lab/bb', Cmd: ['true'], Labels: { ...labels, 'lab.door': mark } });
  const head = ['POST /containers/create HTTP/1.0', 'Host: docker', 'Content-Type: application/json', `Content-Length: ${body.length}`].join('\\r\\n');
  return `
    echo ${mark} | nc -l -p 9999 >/dev/null &
    for try in 1 2 3 4 5 6 7 8 9 10; do
      heard=$(nc -w 2 127.0.0.1 9999 </dev/null 2>/dev/null) && [ -n "$heard" ] && break
      sleep 0.1
    done
    echo "heard $heard"
    ask() {
      answer=$(printf '${head}\\r\\n\\r\\n%s' '${body}' | nc -w 2 "\${1%:*}" "\${1##*:}" 2>&1 | head -n 1 | tr -d '\\r')
      echo "$1: \${answer:-no answer}"
    }
    pids=
    for target in ${targets.join(' ')}; do ask "$target" & pids="$pids $!"; done
    wait $pids`;
}
