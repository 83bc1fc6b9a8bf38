import { cpus } from 'node:os';
import type { ContainerCreateOptions } from 'dockerode';
import { runtimeName } from '../host/engine-process.ts';
import { labels, type ContainerKind } from './labels.ts';
import { dockerHostSeccomp } from './seccomp.ts';

const mebibyte = 1024 ** 2;

/** What one Docker host may use of the machine. */
export const dockerHostLimits = {
  memoryBytes: 1536 * mebibyte,
  cpuCores: Math.min(2, cpus().length),
  pids: 2000,
  diskBytes: 6 * 1024 * mebibyte,
} as const;

/** The attacker box needs no engine. */
const attackerLimits = { memoryBytes: 256 * mebibyte, cpuCores: 1, pids: 200, diskBytes: 4096 * mebibyte } as const;

export interface ContainerIdentity {
  readonly sandbox: string;
  readonly lab: string;
  readonly seed: string;
  readonly owner: string;
}

/**
 * Settings of the throwaway Docker host: every capability, but only inside its user namespace; writable cgroups below its own;
 * a seccomp filter that denies little, because the nested engine needs nearly everything (see sandbox/README.md).
 */
export function dockerHostOptions(image: string, identity: ContainerIdentity, network: string): ContainerCreateOptions {
  return {
    ...common(image, 'dockerhost', identity, network),
    Cmd: ['/usr/lib/schott/init'],
    HostConfig: {
      ...limits(dockerHostLimits),
      ...openInside,
      Runtime: runtimeName,
      NetworkMode: network,
      CapAdd: ['ALL'],
      Tmpfs: { '/run': 'rw,nosuid,nodev,mode=755,size=256m' },
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
      ...limits(attackerLimits),
      NetworkMode: network,
      CapDrop: ['NET_RAW', 'MKNOD', 'AUDIT_WRITE'],
      SecurityOpt: ['no-new-privileges'],
      Tmpfs: { '/run': 'rw,nosuid,nodev,mode=755,size=16m' },
    },
  };
}

/** A Docker host without network in which an image is baked. */
export function bakeOptions(image: string, lab: string, owner: string): ContainerCreateOptions {
  const identity = { sandbox: 'bake', lab, seed: '', owner };
  return {
    ...common(image, 'bake', identity, 'none'),
    Hostname: 'dockerhost',
    Cmd: ['/usr/lib/schott/init'],
    HostConfig: {
      ...limits({ ...dockerHostLimits, memoryBytes: 4096 * mebibyte, diskBytes: 12_288 * mebibyte }),
      ...openInside,
      Runtime: runtimeName,
      NetworkMode: 'none',
      CapAdd: ['ALL'],
    },
  };
}

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
    ...(network === 'none' ? {} : { NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [kind] } } } }),
  };
}

function limits(of: { memoryBytes: number; cpuCores: number; pids: number; diskBytes: number }): Record<string, unknown> {
  return {
    Memory: of.memoryBytes,
    MemorySwap: of.memoryBytes,
    NanoCpus: of.cpuCores * 1e9,
    PidsLimit: of.pids,
    StorageOpt: { size: String(of.diskBytes) },
    LogConfig: { Type: 'none', Config: {} },
    RestartPolicy: { Name: 'no' },
  };
}
