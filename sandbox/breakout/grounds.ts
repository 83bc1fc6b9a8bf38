import { afterAll, beforeAll } from 'vitest';
import { execute } from '../engine/execute.ts';
import { dockerHostOptions } from '../engine/sandbox-container.ts';
import { unlessGone, type Container } from '../engine/connection.ts';
import { newSandboxId } from '../keeper/sandbox-parts.ts';
import { openTestBench, type TestBench, type TestSandbox } from '../testing/test-bench.ts';
import { viewpoints, type Viewpoint } from '../testing/viewpoints.ts';
import { installProbes } from './programs.ts';

/** What one file of the suite tries its techniques on. Usable within tests; ended after the file's last one. */
export interface Grounds {
  readonly bench: TestBench;
  readonly sandbox: TestSandbox;
  readonly neighbour: TestSandbox;
  /** Runs a busybox script from that viewpoint of the sandbox. Gives its lines. */
  lines(viewpoint: Viewpoint, script: string): Promise<string[]>;
}

let unfiltered: Container | undefined;

/** Where the kernel alone has to hold: like the Docker host, with every capability there, but without its seccomp filter and without a nested engine. */
export const unfilteredViewpoint: Viewpoint = {
  name: 'root on a Docker host without the seccomp filter',
  async run(_sandbox, script) {
    if (unfiltered === undefined) throw new Error('Cannot try without the filter: these grounds have no such Docker host');
    return (await execute(unfiltered, ['env', 'PATH=/usr/lib/schott/probe', 'sh', '-c', `exec 2>&1\n${script}`], { timeoutMs: 60_000 })).output;
  },
};

/** All the places a learner can be root in, and the one where the filter is missing. */
export const withAndWithoutFilter: readonly Viewpoint[] = [...viewpoints, unfilteredViewpoint];

/**
 * Starts a sandbox before the file's tests and puts `probes` (native/NAME.c) into it. `withNeighbour`: a second one beside it. `withUnfiltered`: for
 * techniques that are tried without the filter, too.
 */
export function useGrounds(options: { readonly probes: readonly string[]; readonly withNeighbour?: boolean; readonly withUnfiltered?: boolean }): Grounds {
  let bench: TestBench | undefined;
  let sandboxes: TestSandbox[] = [];
  beforeAll(async () => {
    bench = await openTestBench();
    sandboxes = await Promise.all(Array.from({ length: options.withNeighbour ? 2 : 1 }, bench.startSandbox));
    if (options.withUnfiltered) unfiltered = await startUnfiltered(bench);
    const containers = [...sandboxes.map((sandbox) => sandbox.parts.dockerHost), ...(unfiltered === undefined ? [] : [unfiltered])];
    await Promise.all(containers.map((container) => installProbes(container, ...options.probes)));
  });
  afterAll(async () => {
    if (unfiltered !== undefined) await unlessGone(unfiltered.remove({ force: true, v: true }));
    unfiltered = undefined;
    await Promise.all(sandboxes.map((sandbox) => sandbox[Symbol.asyncDispose]()));
    await bench?.[Symbol.asyncDispose]();
  });
  const started = <T>(what: T | undefined): T => {
    if (what === undefined) throw new Error('Cannot use the grounds yet: they are started before the first test');
    return what;
  };
  return {
    get bench() {
      return started(bench);
    },
    get sandbox() {
      return started(sandboxes[0]);
    },
    get neighbour() {
      return started(sandboxes[1]);
    },
    lines: async (viewpoint, script) => (await viewpoint.run(started(sandboxes[0]), script)).split('\n').filter((line) => line !== ''),
  };
}

async function startUnfiltered({ place, image }: TestBench): Promise<Container> {
  const options = dockerHostOptions(image, { sandbox: newSandboxId(), lab: 'kernel/empty', seed: '', owner: place.owner }, 'none');
  const container = await place.engine.createContainer({
    ...options,
    Cmd: ['sh', '-c', '. /usr/lib/schott/hand-on-controllers; exec sleep infinity'],
    HostConfig: { ...options.HostConfig, SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'] },
  });
  await container.start();
  return container;
}
