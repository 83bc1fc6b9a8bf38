import type { TestSandbox } from './test-bench.ts';

/** From where an attack on the machine is tried. The scripts are busybox shell, and the same everywhere. */
export interface Viewpoint {
  readonly name: string;
  run(sandbox: TestSandbox, script: string): Promise<string>;
}

const end = 'END-OF-PROBE';
const hostNamespaces = '--net host --pid host --ipc host --uts host --cgroupns host';

/** All the places a learner can be root in. */
export const viewpoints: readonly Viewpoint[] = [
  {
    name: 'root on the Docker host',
    run: async (sandbox, script) => (await sandbox.run(`PATH=/usr/lib/schott/probe sh <<'${end}' 2>&1\n${script}\n${end}`)).output,
  },
  {
    name: 'root in a privileged nested container with the namespaces of the Docker host',
    run: async (sandbox, script) =>
      (await sandbox.run(`docker run --rm --interactive --privileged ${hostNamespaces} --volume /:/host lab/bb sh <<'${end}' 2>&1\n${script}\n${end}`)).output,
  },
];

/** In the attacker box: for attacks over the network. */
export const attackerViewpoint: Viewpoint = {
  name: 'root in the attacker box',
  run: async (sandbox, script) => (await sandbox.runOnAttacker(`PATH=/usr/lib/schott/probe sh <<'${end}' 2>&1\n${script}\n${end}`)).output,
};
