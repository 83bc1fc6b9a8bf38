import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { unfilteredViewpoint, useGrounds } from './grounds.ts';
import { findProbes, programOf, runOnMachine } from './programs.ts';
import { technique } from './technique.ts';

const grounds = useGrounds({ probes: ['keys'], withUnfiltered: true });

const heldSeconds = 20;

// The neighbour is one without the filter, so that it has keys at all, and opens them to whoever has its user id, which is everybody's in all sandboxes.
technique('keys of another sandbox: by name, by serial number, by linking its keyrings', { reference: 'keyrings(7), keyctl(2)' }, async (viewpoint) => {
  const [name, text] = ['schott-breakout-neighbour', 'text of a neighbour'];
  await unfilteredViewpoint.run(grounds.sandbox, `/opt/keys put ${name} '${text}' ${heldSeconds} > /tmp/serials 2>&1 &`);
  const serials = (await unfilteredViewpoint.run(grounds.sandbox, `sleep 0.5; cat /tmp/serials`)).trim();
  const own = await unfilteredViewpoint.run(grounds.sandbox, `/opt/keys seek ${name} '${text}' ${serials}`);
  const lines = await grounds.lines(viewpoint, `${findProbes}\n$probes/keys seek ${name} '${text}' ${serials}`);
  await unfilteredViewpoint.run(grounds.sandbox, 'pkill -f "keys put"; true');
  return {
    reached: lines.filter((line) => line.startsWith('found ')),
    control: own.includes('found ') ? 'their owner finds them in the same way' : undefined,
    refusal: lines.find((line) => line.startsWith('last ')),
  };
});

technique("keys of the machine's root", { reference: 'keyrings(7), keyctl(2)', viewpoints: [unfilteredViewpoint] }, async (viewpoint) => {
  const [name, text] = ['schott-breakout-machine', 'text of the machine'];
  const owner = spawn(await programOf('keys'), ['put', name, text, String(heldSeconds)]);
  try {
    const [chunk] = (await once(owner.stdout, 'data')) as [Buffer];
    const serials = chunk.toString().trim();
    const machine = await runOnMachine('keys', ['seek', name, text, ...serials.split(' ')]);
    const lines = await grounds.lines(viewpoint, `grep ${name} /proc/keys && echo found in /proc/keys; /opt/keys seek ${name} '${text}' ${serials}`);
    return {
      reached: lines.filter((line) => line.startsWith('found ')),
      control: machine.includes('found ') ? "the machine's root finds them in the same way" : undefined,
      refusal: lines.find((line) => line.startsWith('last ')),
    };
  } finally {
    owner.kill();
  }
});
