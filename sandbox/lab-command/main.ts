import { parseArgs } from 'node:util';
import { defaultDataDirectory } from '../host/instance.ts';
import { UnknownLab } from './find-lab.ts';
import { listLabs } from './list.ts';
import { newLab, NewLabRefused } from './new-lab.ts';
import { tryLab } from './try.ts';
import { verifyLabs } from './verify.ts';
import { warmLab } from './warm.ts';

const usage = `usage:
  npm run lab -- list [--json]
  npm run lab -- verify [ID…] [--only TEXT]… [--repeat N] [--json]
  npm run lab -- try ID --run FILE.sh [--json]
  npm run lab -- warm [ID N [--at HH:MM] [--minutes M]] [--json]
      shows what the running course keeps ready, and orders N sandboxes for a class (from now, for 60 minutes; N = 0 cancels)
  npm run lab -- new TOPIC/NAME --label L1.6
      lays out a new lab that compiles, with a solution still to be written
An ID is a lab's folder (privilege/drop-root), its last part, or its label (L3.1). All commands take --data DIR.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    run: { type: 'string' },
    label: { type: 'string' },
    only: { type: 'string', multiple: true },
    at: { type: 'string' },
    minutes: { type: 'string', default: '60' },
    repeat: { type: 'string', default: '1' },
    data: { type: 'string', default: defaultDataDirectory },
    help: { type: 'boolean', default: false },
  },
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof UnknownLab || error instanceof NewLabRefused ? error.message : error);
  process.exitCode = 2;
}

/** Exit status: 0 all is well, 1 a task or a row fails, 2 the command could not be carried out. */
async function main(): Promise<number> {
  const [command, ...ids] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  switch (command) {
    case 'list':
      return listLabs(values.json);
    case 'verify':
      return verifyLabs({ ids, only: values.only, repeat: Number(values.repeat), json: values.json, dataDirectory: values.data });
    case 'try': {
      const [id] = ids;
      if (id === undefined || values.run === undefined) break;
      return tryLab({ id, file: values.run, json: values.json, dataDirectory: values.data });
    }
    case 'new': {
      const [id] = ids;
      if (id === undefined || values.label === undefined) break;
      for (const path of await newLab(id, values.label)) console.log(path);
      console.log(`Write the solution, then: npm run lab -- verify ${id}`);
      return 0;
    }
    case 'warm': {
      const [id, count] = ids;
      if (id !== undefined && count === undefined) break;
      const order = id === undefined ? undefined : { id, count: Number(count), at: values.at, minutes: Number(values.minutes) };
      return warmLab({ order, json: values.json, dataDirectory: values.data });
    }
    default:
  }
  console.error(usage);
  return 2;
}
