import type { Evidence, RoleContainer } from '#lab';
import type { Tools } from './limits.ts';
import { ask, numbersIn, show } from './services.ts';

const most = { nofile: 4096, nproc: 512 } as const;

/** Open files or processes of a user are bounded, in the running service and in a copy of its container. */
export async function ulimits(tools: Tools, thumbs: RoleContainer): Promise<Evidence> {
  const { output } = await thumbs.twin('echo "nofile $(ulimit -Hn)"; echo "nproc $(ulimit -Hu 2>/dev/null || ulimit -Hp)"');
  const inTwin = Object.fromEntries(
    output.split('\n').map((line) => {
      const [name = '', value = ''] = line.trim().split(' ');
      return [name, Number(value)];
    }),
  );
  const reply = await ask(thumbs, '/limits');
  const inService = numbersIn(reply);
  const evidence = [show(reply), `in a copy of the container: ${output.trim().replaceAll('\n', ', ')}`];
  const isBounded = (name: keyof typeof most): boolean =>
    [inTwin[name], inService[name]].every((value) => value !== undefined && value > 0 && value <= most[name]);
  if (!isBounded('nofile') && !isBounded('nproc')) throw tools.notYet('ulimits-open', evidence);
  return evidence;
}
