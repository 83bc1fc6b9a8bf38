import { readCiFiles, readCiWay } from './ci-folder.ts';
import { containerDoors, isLoopback } from './container-doors.ts';
import { disguises, knock, type Door, type Identity } from './knock.ts';
import { forgeCertificate } from './forge-certificate.ts';
import type { Tools } from './shop.ts';
import { strangerCertificate } from './stranger-certificate.ts';

export interface DoorsFound {
  /** Doors that serve somebody without CI's key, and how. */
  readonly open: readonly string[];
  /** Ports that the kernel shows as open on the Docker host, but that do not even take a connection from the Docker host itself. */
  readonly hidden: readonly string[];
  /** What was tried in vain. */
  readonly closed: readonly string[];
}

/**
 * Goes to every port on which anybody listens on the Docker host, from the attacker's network and from the Docker host's own (as a container with
 * `--network=host` would), and to every port of a container, and tries to use the Docker API there without CI's key. What that creates is removed again.
 */
export async function tryAllDoors(tools: Tools): Promise<DoorsFound> {
  const { sandbox } = tools;
  const identity = await forgedIdentity(tools);
  const doors = await listDoors(tools);
  const knownIds = (await sandbox.containers()).map(({ id }) => id);
  const mark = sandbox.random();
  const results = await Promise.all(doors.map((door, index) => knock(tools, door, { identity, knownIds, mark: `${mark}-${index}` })));
  const made = await removeMade(tools, mark);

  // A port that asks strangers outside for a certificate may well be kept from the host itself by a rule: it is known what listens there.
  const asksOutside = new Set(doors.filter(({ from }, index) => from === 'attacker' && (results[index]?.attempts.length ?? 0) > 1).map(({ port }) => port));
  const found = { open: [] as string[], hidden: [] as string[], closed: [] as string[] };
  for (const [index, door] of doors.entries()) {
    const { attempts = [], isReachable = true } = results[index] ?? {};
    const name = nameOf(door);
    const openers = disguises.flatMap((disguise, way) => {
      const serves = made.has(`${mark}-${index}-${way}`) ? 'creates containers' : attempts[way]?.serves;
      return serves === undefined ? [] : [`${name}: ${disguise} ${serves}`];
    });
    if (openers.length > 0) found.open.push(...openers);
    else if (door.from === 'dockerhost' && door.isContainers !== true && !isReachable && !asksOutside.has(door.port))
      found.hidden.push(`${name}: ${attempts[0]?.says ?? 'no connection'}`);
    else found.closed.push(`${name}: ${attempts.map(({ says }, way) => `${disguises[way]}: ${says}`).join('; ')}`);
  }
  return found;
}

async function forgedIdentity(tools: Tools): Promise<Identity> {
  const way = await readCiWay(tools);
  const read = way.kind === 'tls' ? await readCiFiles(tools, way.folder) : undefined;
  try {
    if (read !== undefined && 'files' in read) return forgeCertificate(read.files.certificate);
  } catch {
    // What lies there is no certificate; whether it should be is for another task to say.
  }
  return forgeCertificate(strangerCertificate);
}

async function listDoors(tools: Tools): Promise<Door[]> {
  const listeners = await tools.sandbox.listeners();
  const outside = [...listeners.filter((listener) => !isLoopback(listener)).map(({ port }) => port), ...(await publishedPorts(tools))];
  const doors: Door[] = [
    ...outside.map((port) => ({ from: 'attacker' as const, host: tools.sandbox.address, port })),
    ...listeners.map(({ address, port }) => ({ from: 'dockerhost' as const, host: address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address, port })),
    ...(await containerDoors(tools)).map(({ host, port }) => ({ from: 'dockerhost' as const, host, port, isContainers: true })),
  ];
  return [...new Map(doors.map((door) => [nameOf(door), door])).values()];
}

/** Without a `docker-proxy` a published port has no listener on the Docker host. */
async function publishedPorts({ sandbox }: Tools): Promise<number[]> {
  const list = ((await sandbox.engineApi('/containers/json')) ?? []) as readonly { Ports?: readonly { PublicPort?: number; Type?: string; IP?: string }[] }[];
  return list.flatMap(({ Ports = [] }) =>
    Ports.flatMap(({ PublicPort, Type, IP = '' }) => (PublicPort === undefined || Type !== 'tcp' || IP.startsWith('127.') ? [] : [PublicPort])),
  );
}

/** Marks of the containers that knocking has made, however the door has answered. They are removed. */
async function removeMade({ sandbox }: Tools, mark: string): Promise<Set<string>> {
  const made = (await sandbox.containers()).filter(({ labels }) => labels['lab.door']?.startsWith(mark));
  if (made.length > 0) await sandbox.runOnHost(`docker rm --force ${made.map(({ id }) => id).join(' ')}`);
  return new Set(made.map(({ labels }) => labels['lab.door'] ?? ''));
}

function nameOf({ from, host, port }: Door): string {
  return `${host}:${port}, asked from ${from === 'attacker' ? 'the attacker’s network' : 'the Docker host’s own network'}`;
}
