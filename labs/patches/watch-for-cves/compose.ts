import type { Tools } from './harbour.ts';

const folder = '/srv/harbour';
/** In the order in which Compose looks for them. */
const composeFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const besides = ['harbour.env', '.env', 'compose.override.yaml', 'compose.override.yml'];

/** The learner's Compose file as Compose itself understands it, read out of the learner's reach. */
export async function readCompose({ sandbox, notYet }: Tools): Promise<unknown> {
  const name = await firstOf(sandbox, composeFiles);
  if (name === undefined) throw notYet('compose-unreadable', [`${folder}: no ${composeFiles[0]}`]);
  const found = await Promise.all([name, ...besides].map(async (file) => [file, await sandbox.readFile(`${folder}/${file}`)] as const));
  const files = Object.fromEntries(found.flatMap(([file, content]) => (content === undefined ? [] : [[file, content]])));
  const { ok, output } = await sandbox.runInBox(['docker', 'compose', 'config', '--format', 'json'], { files });
  if (!ok) throw notYet('compose-unreadable', [`docker compose config: ${output.slice(0, 300)}`]);
  return JSON.parse(output.slice(output.indexOf('{\n'))) as unknown;
}

/** Reads YAML with the parser that Compose has, which leaves whatever stands below an `x-` name as it is. undefined: no YAML. */
export async function parseYaml({ sandbox }: Tools, text: string): Promise<unknown> {
  const lines = text.split('\n').filter((line) => !/^(---|%YAML)/.test(line));
  const wrapped = ['services:', '  none: { image: none }', 'x-wrapped:', ...lines.map((line) => `  ${line}`), ''].join('\n');
  const { ok, output } = await sandbox.runInBox(['docker', 'compose', 'config', '--no-interpolate', '--format', 'json'], {
    files: { 'compose.yaml': wrapped },
  });
  if (!ok) return undefined;
  return (JSON.parse(output.slice(output.indexOf('{\n'))) as { 'x-wrapped'?: unknown })['x-wrapped'];
}

async function firstOf(sandbox: Tools['sandbox'], names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if ((await sandbox.stat(`${folder}/${name}`)) !== undefined) return name;
  return undefined;
}
