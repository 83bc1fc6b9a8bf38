import { randomBytes } from 'node:crypto';
import type { Container } from '../engine/connection.ts';
import { connectEngine, statusOf, unlessGone, type Engine } from '../engine/connection.ts';
import { execute } from '../engine/execute.ts';
import { labels } from '../engine/labels.ts';
import { createSandboxNetwork, findSandboxNetwork, removeSandboxNetwork, type SandboxNetwork } from '../engine/networks.ts';
import { waitForNestedEngine } from '../engine/nested-engine-up.ts';
import { attackerOptions, boxOptions, dockerHostOptions } from '../engine/sandbox-container.ts';
import { sharedPrograms } from '../engine/shared-programs.ts';
import { limitsHere } from '../engine/sandbox-limits.ts';
import { throttleDisk } from '../host/disk-throttle.ts';
import type { Instance } from '../host/instance.ts';
import { routeToContainers, stopLearning } from '../host/network-namespace.ts';
import { keepThawedBelow, thawBelow } from '../host/thaw.ts';
import { flagOf } from './flag.ts';
import type { LabFolder } from './lab-folders.ts';
import { startRelay, type Relay } from './relay.ts';
import { restOf, type SandboxRest } from './sandbox-rest.ts';

export interface SandboxPlace {
  readonly instance: Instance;
  readonly engine: Engine;
  readonly secret: Buffer;
  /** Who looks after the sandbox: `keeper`, or `cli:<pid>`. Others leave it alone. */
  readonly owner: string;
}

/** One running sandbox: its two containers, its network, and ways in. */
export interface SandboxParts {
  readonly id: string;
  readonly lab: string;
  readonly seed: string;
  readonly flag: string;
  readonly dockerHost: Container;
  readonly attacker: Container;
  readonly network: SandboxNetwork;
  /** First process of the Docker host, as the machine numbers it. */
  readonly dockerHostPid: number;
  /** Address of the Docker host on the sandbox's network. */
  readonly address: string;
  /** A relay inside the Docker host, the attacker box, or at the checker's place, which shares the attacker box's network. Started when first needed. */
  relay(at: 'dockerhost' | 'attacker' | 'vantage'): Promise<Relay>;
  /** Starts a box for the checker, see `boxOptions`, from the image that the Docker host was made of. Whoever asks removes it; after `seconds` it is gone. */
  startBox(seconds: number): Promise<Container>;
  /** Whether the sandbox sleeps. Nothing answers in there until it is touched. */
  readonly rest: SandboxRest;
  /** Has one of the two containers ended, or is it gone? An engine that does not answer has nothing to say about it: false. */
  hasEnded(): Promise<boolean>;
  /** Ends the relays; the sandbox runs on. */
  close(): Promise<void>;
}

/**
 * Makes a sandbox from a baked image and prepares the lab in it. Removes what it made when it fails, unless `signal` has told it to stop: whoever
 * did that removes.
 */
export async function createSandbox(
  place: SandboxPlace,
  lab: LabFolder,
  image: string,
  id: string = newSandboxId(),
  signal?: AbortSignal,
): Promise<SandboxParts> {
  const seed = randomBytes(16).toString('hex');
  const identity = { sandbox: id, lab: lab.id, seed, owner: place.owner };
  try {
    const programs = await sharedPrograms(place.engine, image);
    const network = await createSandboxNetwork(place.engine, id, place.owner);
    signal?.throwIfAborted();
    const [dockerHost, attacker] = await Promise.all([
      place.engine.createContainer({ name: `schott-${id}-dockerhost`, ...dockerHostOptions(image, identity, `schott-${id}`, programs) }),
      place.engine.createContainer({ name: `schott-${id}-attacker`, ...attackerOptions(image, identity, `schott-${id}`) }),
      stopLearning(place.instance, network.bridge),
    ]);
    signal?.throwIfAborted();
    await Promise.all(
      [dockerHost, attacker].map(async (container) => {
        await container.start();
        await throttleDisk(place.instance, container.id, limitsHere.disk);
      }),
    );
    const parts = await describe(place, { id, lab: lab.id, seed }, dockerHost, attacker, network);
    signal?.throwIfAborted();
    await routeToContainers((await attacker.inspect()).State.Pid, parts.address);
    await waitForNestedEngine(dockerHost, 60_000);
    signal?.throwIfAborted();
    await prepare(parts, lab);
    return parts;
  } catch (error) {
    if (signal?.aborted !== true) await removeSandbox(place, id);
    throw error;
  }
}

/** Finds a sandbox that runs already, e.g. after a restart of the keeper; undefined when it is not whole. */
export async function findSandbox(place: SandboxPlace, id: string): Promise<SandboxParts | undefined> {
  const containers = await place.engine.listContainers({ filters: { label: [`${labels.sandbox}=${id}`], status: ['running'] } });
  const of = (kind: string): (typeof containers)[number] | undefined => containers.find((container) => container.Labels[labels.kind] === kind);
  const [dockerHost, attacker] = [of('dockerhost'), of('attacker')];
  if (dockerHost === undefined || attacker === undefined) return undefined;
  const identity = { id, lab: dockerHost.Labels[labels.lab] ?? '', seed: dockerHost.Labels[labels.seed] ?? '' };
  const network = await findSandboxNetwork(place.engine, id);
  return describe(place, identity, place.engine.getContainer(dockerHost.Id), place.engine.getContainer(attacker.Id), network);
}

/** Removes everything of a sandbox, whatever of it is there. */
export async function removeSandbox(place: SandboxPlace, id: string): Promise<void> {
  const containers = await place.engine.listContainers({ all: true, filters: { label: [`${labels.sandbox}=${id}`] } });
  await Promise.all(containers.map((container) => removeContainer(place, container.Id)));
  await removeSandboxNetwork(place.engine, id);
}

/** A sandbox may hold frozen processes, and freeze new ones as long as it lives: thaw until it is gone. */
async function removeContainer(place: SandboxPlace, id: string): Promise<void> {
  const cgroup = `${place.instance.cgroupParent}/${id}`;
  await thawBelow(cgroup);
  using _thawing = keepThawedBelow(cgroup);
  await unlessGone(place.engine.getContainer(id).remove({ force: true, v: true }));
}

export function connectPlace(instance: Instance, secret: Buffer, owner: string): SandboxPlace {
  return { instance, engine: connectEngine(instance.engineSocket), secret, owner };
}

async function describe(
  place: SandboxPlace,
  identity: { id: string; lab: string; seed: string },
  dockerHost: Container,
  attacker: Container,
  network: SandboxNetwork,
): Promise<SandboxParts> {
  const [hostFacts, attackerFacts] = await Promise.all([dockerHost.inspect(), attacker.inspect()]);
  const address = hostFacts.NetworkSettings.Networks[`schott-${identity.id}`]?.IPAddress;
  if (!address) throw new Error(`Cannot use sandbox "${identity.id}": its Docker host has no address`);
  const relays = new Map<string, Promise<Relay>>();
  const rest = restOf([dockerHost.id, attacker.id].map((container) => `${place.instance.cgroupParent}/${container}`));
  let isClosed = false;
  const start = async (at: string): Promise<Relay> => {
    const name = `${identity.id}-${at}-${process.pid}`;
    // The checker asks from the attacker box's own network namespace: whatever the Docker host lets through or answers, it cannot tell the two
    // apart. The learner, without NET_ADMIN and NET_RAW there, can neither redirect nor forge what passes.
    if (at === 'vantage') return startRelay(place.instance.relayDirectory, name, { networkNamespace: `/proc/${attackerFacts.State.Pid}/ns/net` });
    return startRelay(place.instance.relayDirectory, name, { pid: at === 'attacker' ? attackerFacts.State.Pid : hostFacts.State.Pid });
  };
  return {
    ...identity,
    flag: flagOf(place.secret, identity.id, identity.seed),
    dockerHost,
    attacker,
    network,
    dockerHostPid: hostFacts.State.Pid,
    address,
    rest,
    relay(at) {
      if (isClosed) return Promise.reject(new Error(`Cannot enter sandbox "${identity.id}": it is being ended`));
      const current = relays.get(at);
      const next =
        current === undefined
          ? start(at)
          : current.then(
              (relay) => (relay.hasEnded ? start(at) : relay),
              () => start(at),
            );
      relays.set(at, next);
      return next;
    },
    startBox: (seconds) => startBox(place, identity.id, hostFacts.Image, seconds),
    hasEnded: async () => (await Promise.all([dockerHost, attacker].map(hasEnded))).some(Boolean),
    async close() {
      isClosed = true;
      rest.end();
      for (const relay of relays.values()) await relay.then((one) => one[Symbol.asyncDispose]()).catch(() => undefined);
    },
  };
}

async function startBox(place: SandboxPlace, sandbox: string, image: string, seconds: number): Promise<Container> {
  const name = `schott-${sandbox}-box-${randomBytes(4).toString('hex')}`;
  const box = await place.engine.createContainer({ name, ...boxOptions(image, sandbox, `cli:${process.pid}`, seconds) });
  try {
    await box.start();
    await throttleDisk(place.instance, box.id, limitsHere.disk);
  } catch (error) {
    await unlessGone(box.remove({ force: true, v: true }));
    throw error;
  }
  return box;
}

async function hasEnded(container: Container): Promise<boolean> {
  try {
    return !(await container.inspect()).State.Running;
  } catch (error) {
    return statusOf(error) === 404;
  }
}

/** Writes the flag and runs the lab's setup.sh, before any learner has touched the sandbox. */
async function prepare(parts: SandboxParts, lab: LabFolder): Promise<void> {
  const script = `umask 077; printf '%s\\n' "$SCHOTT_FLAG" > /root/flag.txt; umask 022\n${lab.setupScript}`;
  const environment = { SCHOTT_SEED: parts.seed, SCHOTT_FLAG: parts.flag, HOME: '/root' };
  const { exitCode, output } = await execute(parts.dockerHost, ['bash', '-c', script], { environment, directory: '/root', timeoutMs: 60_000 });
  if (exitCode !== 0) throw new Error(`Cannot prepare lab "${lab.id}": setup.sh ended with ${exitCode}\n${output.trimEnd().split('\n').slice(-10).join('\n')}`);
}

/** 80 random bits in base32. */
export function newSandboxId(): string {
  return [...randomBytes(16)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
}
