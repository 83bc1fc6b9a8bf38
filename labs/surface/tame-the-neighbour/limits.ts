import type { CgroupLimits, CheckTools, RoleContainer } from '#lab';
import type lab from './lab.ts';
import { mebibyte } from './services.ts';

export type Tools = CheckTools<typeof lab>;
type MessageId = keyof typeof lab.messages;

/** What keeps a limit from being a good one; undefined when it is fine. */
export interface Shortcoming {
  readonly message: MessageId;
  readonly evidence: readonly string[];
}

export const bounds = { leastMemory: 48e6, mostMemory: 256 * mebibyte, swapFactor: 1.5, mostCores: 0.5, mostPids: 128 } as const;

/** Memory alone and together with swap; `swapIsCounted`: the kernel can limit swap at all. */
export function memoryShortcoming(limits: CgroupLimits, thumbs: RoleContainer, swapIsCounted: boolean): Shortcoming | undefined {
  const { memoryBytes, memoryAndSwapBytes } = limits;
  const evidence = [`memory limit in force: ${memoryText(memoryBytes)}`];
  if (memoryBytes === undefined) return { message: 'memory-unlimited', evidence };
  if (memoryBytes > bounds.mostMemory) return { message: 'memory-too-large', evidence };
  if (memoryBytes < bounds.leastMemory) return { message: 'memory-too-small', evidence };
  if (thumbs.hostConfig['OomKillDisable'] === true) return { message: 'oom-kill-disabled', evidence: [...evidence, 'HostConfig.OomKillDisable: true'] };
  const withSwap = [...evidence, `memory and swap in force: ${memoryText(memoryAndSwapBytes)}`];
  if (memoryAndSwapBytes === undefined ? swapIsCounted || thumbs.hostConfig['MemorySwap'] === -1 : memoryAndSwapBytes > memoryBytes * bounds.swapFactor) {
    return { message: 'swap-unlimited', evidence: withSwap };
  }
  return undefined;
}

export function cpuShortcoming({ cpuCores }: CgroupLimits): Shortcoming | undefined {
  const evidence = [`processor limit in force: ${cpuCores === undefined ? 'none' : `${cpuCores} cores`}`];
  if (cpuCores === undefined) return { message: 'cpu-unlimited', evidence };
  return cpuCores > bounds.mostCores ? { message: 'cpu-too-large', evidence } : undefined;
}

export function pidsShortcoming({ pids }: CgroupLimits): Shortcoming | undefined {
  const evidence = [`process limit in force: ${pids ?? 'none'}`];
  if (pids === undefined) return { message: 'pids-unlimited', evidence };
  return pids > bounds.mostPids ? { message: 'pids-too-large', evidence } : undefined;
}

export function memoryText(bytes: number | undefined): string {
  return bytes === undefined ? 'none' : `${Math.round(bytes / mebibyte)} MiB`;
}
