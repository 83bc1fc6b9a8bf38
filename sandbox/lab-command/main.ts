import { parseArgs } from 'node:util';
import { defaultDataDirectory } from '../host/instance.ts';
import { UnknownLab } from './find-lab.ts';
import { listLabs } from './list.ts';
import { tryLab } from './try.ts';
import { verifyLabs } from './verify.ts';

const usage = `usage:
  npm run lab -- list [--json]
  npm run lab -- verify [ID…] [--only TEXT] [--repeat N] [--json]
  npm run lab -- try ID --run FILE.sh [--json]
An ID is a lab's folder (privilege/drop-root), its last part, or its label (L3.1). All commands take --data DIR.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    run: { type: 'string' },
    only: { type: 'string' },
    repeat: { type: 'string', default: '1' },
    data: { type: 'string', default: defaultDataDirectory },
    help: { type: 'boolean', default: false },
  },
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof UnknownLab ? error.message : error);
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
    default:
  }
  console.error(usage);
  return 2;
}
