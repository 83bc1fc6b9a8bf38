import type { ContainerCreateOptions } from 'dockerode';
import { runtimeName } from '../host/engine-process.ts';
import { labels, type ContainerKind } from './labels.ts';
import { programsMount } from './shared-programs.ts';
import { limitsHere, type ContainerLimits } from './sandbox-limits.ts';
import { attackerSeccomp, dockerHostSeccomp } from './seccomp.ts';

export interface ContainerIdentity {
  readonly sandbox: string;
  readonly lab: string;
  readonly seed: string;
  readonly owner: string;
}

/**
 * Settings of the throwaway Docker host: every capability, but only inside its user namespace; writable cgroups below its own;
 * a seccomp filter that allows what the nested engine needs (see seccomp.ts). `programs` is the machine's directory with the image's large
 * programs (`sharedPrograms`); without it those of the image run, at the price of their memory.
 */
export function dockerHostOptions(image: string, identity: ContainerIdentity, network: string, programs?: string): ContainerCreateOptions {
  return {
    ...common(image, 'dockerhost', identity, network),
    Cmd: ['/usr/lib/schott/init'],
    HostConfig: {
      ...limits(limitsHere.dockerHost),
      ...openInside,
      Runtime: runtimeName,
      NetworkMode: network,
      CapAdd: ['ALL'],
      Tmpfs: { '/run': 'rw,nosuid,nodev,mode=755,size=256m' },
      ...(programs === undefined ? {} : { Mounts: [programsMount(programs)] }),
    },
  };
}

/**
 * The attacker box: an ordinary, unprivileged container on the sandbox's network. Without NET_RAW and NET_ADMIN it can neither
 * forge frames nor redirect what the checker does beside it.
 */
export function attackerOptions(image: string, identity: ContainerIdentity, network: string): ContainerCreateOptions {
  return {
    ...common(image, 'attacker', identity, network),
    Cmd: ['sleep', 'infinity'],
    HostConfig: {
      ...limits(limitsHere.attacker),
      NetworkMode: network,
      CapDrop: ['NET_RAW', 'MKNOD', 'AUDIT_WRITE'],
      SecurityOpt: [`seccomp=${attackerSeccomp()}`, 'no-new-privileges'],
      Tmpfs: { '/run': 'rw,nosuid,nodev,mode=755,size=16m' },
    },
  };
}

/**
 * Where the checker has a compiler, a validator or a scanner look at what a learner has made: a program of the image as it was baked, as nobody, without
 * capabilities and network. It ends by itself after `seconds`, so that one that everybody forgot does not stay; the engine then removes it.
 */
export function boxOptions(image: string, sandbox: string, owner: string, seconds: number): ContainerCreateOptions {
  return {
    ...common(image, 'box', { sandbox, lab: '', seed: '', owner }, 'none'),
    Entrypoint: ['sleep', String(seconds)],
    Cmd: [],
    User: `${nobody}:${nobody}`,
    Env: ['LANG=C.UTF-8', `HOME=${boxFolder}`, 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    HostConfig: {
      ...limits(limitsHere.box),
      AutoRemove: true,
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
    },
  };
}

export const nobody = 65_534;
/** Where programs in a box find their files. */
export const boxFolder = '/box';

/** A Docker host without network in which an image is baked. */
export function bakeOptions(image: string, lab: string, owner: string): ContainerCreateOptions {
  const identity = { sandbox: 'bake', lab, seed: '', owner };
  return {
    ...common(image, 'bake', identity, 'none'),
    Hostname: 'dockerhost',
    Cmd: ['/usr/lib/schott/init'],
    HostConfig: {
      ...limits(limitsHere.bake),
      ...openInside,
      Runtime: runtimeName,
      NetworkMode: 'none',
      CapAdd: ['ALL'],
    },
  };
}

/** A limit of 1 byte is the one with which no program is started for a core dump either (core(5), fs/coredump.c); the seccomp filter keeps it. */
const noCoreDump = { Name: 'core', Soft: 1, Hard: 1 } as const;

const openInside = {
  SecurityOpt: [`seccomp=${dockerHostSeccomp()}`, 'apparmor=unconfined'],
  MaskedPaths: [],
  ReadonlyPaths: [],
  CgroupnsMode: 'private' as const,
};

function common(image: string, kind: ContainerKind, identity: ContainerIdentity, network: string): ContainerCreateOptions {
  return {
    Image: image,
    Hostname: kind,
    Entrypoint: ['/usr/bin/tini', '--'],
    Env: ['LANG=C.UTF-8', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    StopSignal: 'SIGKILL',
    Labels: {
      [labels.sandbox]: identity.sandbox,
      [labels.lab]: identity.lab,
      [labels.kind]: kind,
      [labels.seed]: identity.seed,
      [labels.owner]: identity.owner,
    },
    ...(network === 'none'
      ? {}
      : { NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: kind === 'dockerhost' ? [kind, 'registry.lab'] : [kind] } } } }),
  };
}

function limits(of: ContainerLimits): Record<string, unknown> {
  return {
    Memory: of.memoryBytes,
    MemorySwap: of.memoryBytes,
    MemoryReservation: of.reservedMemoryBytes,
    NanoCpus: of.cpuCores * 1e9,
    CpuShares: of.cpuShares,
    PidsLimit: of.pids,
    StorageOpt: { size: String(of.diskBytes) },
    LogConfig: { Type: 'none', Config: {} },
    RestartPolicy: { Name: 'no' },
    Ulimits: [noCoreDump],
  };
}
