import { Inconclusive } from '#lab';
import type { Evidence, KernelMount, RoleContainer } from '#lab';
import { isElf, surveyOfImage, type LargeFile } from './image-survey.ts';
import { theReport, type Tools } from './report.ts';
import { signTexts } from './tool-signs.ts';

/** Reports come from a mounted folder; the service itself writes nothing. */
const mostAdded = 50;
const maxAddedBytes = 64 * 1024 ** 2;

/** No layer of the image holds a tool, neither by name nor by content, and none is mounted into the container. */
export async function checkTools(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const role = await theReport(tools);
  const { tools: found, programs, largeFiles, complete } = await surveyOfImage(tools);
  if (found.length > 0) {
    const visible = await visibleOf(role, [...new Set(found.map(({ path }) => path))].slice(0, 50));
    const shown = found.filter(({ path }) => visible.has(path));
    const lines = (shown.length > 0 ? shown : found).slice(0, 12).map(({ path, tool, layer }) => `${path} in layer ${layer}: ${tool}`);
    throw notYet(shown.length > 0 ? 'tool-found' : 'tool-in-layer', complete ? lines : [...lines, 'and more']);
  }
  const large = await searchLarge(tools, role, largeFiles);
  const added = await programsAdded(tools, role);
  if (added.length > 0) throw notYet('tool-found', added);
  const mounted = await programsInMounts(tools, role);
  if (mounted.length > 0) throw notYet('tool-mounted', mounted);
  return [
    `${programs} programs and libraries that can be read whole, in all layers: none is a tool`,
    ...large,
    'no program in a mounted folder, nor in what was added to the container',
  ];
}

/** Which of the paths a container of the image really has. */
async function visibleOf(role: RoleContainer, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const { output } = await role.twin(paths.map((path) => `if [ -e ${quoted(path)} ] || [ -L ${quoted(path)} ]; then echo ${quoted(path)}; fi`).join('\n'));
  return new Set(output.split('\n'));
}

/** Node is such a file. What cannot be read in one go is searched in a copy of the container; what that copy does not see counts as hidden. */
async function searchLarge(tools: Tools, role: RoleContainer, files: readonly LargeFile[]): Promise<string[]> {
  const { sandbox, notYet } = tools;
  const lines: string[] = [];
  const patterns = signTexts.map((text) => `-e ${quoted(text)}`).join(' ');
  for (const { path, layer, size } of files) {
    const file = quoted(path);
    const mark = sandbox.random(4);
    const script = `size=$(stat -c %s ${file} 2>/dev/null); [ "$size" = ${size} ] && grep -q -F ${patterns} ${file}; echo "${mark} $? $size"`;
    const { output } = await role.twin(script, { timeoutMs: 10_000 });
    const answer = output.trim().split('\n').at(-1) ?? '';
    const place = `${path} in layer ${layer}`;
    if (!answer.startsWith(mark)) throw new Inconclusive('control-failed', [`${place} could not be searched: ${output.slice(0, 100)}`]);
    if (!answer.endsWith(` ${size}`)) throw notYet('tool-in-layer', [`${place}: ${size} bytes, deleted or replaced later, too large to look into`]);
    if (answer !== `${mark} 1 ${size}`)
      throw notYet('tool-found', [`${place}: ${answer === `${mark} 0 ${size}` ? 'has the mark of a tool' : 'cannot be read'}`]);
    lines.push(`${path}: none of the marks of a tool`);
  }
  return lines;
}

/** Programs that came into the running container later, as with `docker cp`: they lie in the layer that is its own. */
async function programsAdded({ sandbox }: Tools, role: RoleContainer): Promise<string[]> {
  const { GraphDriver: driver } = (await sandbox.engineApi(`/containers/${role.id}/json`)) as { GraphDriver?: { Data?: { UpperDir?: string } } };
  const folder = driver?.Data?.UpperDir;
  if (folder === undefined) throw new Inconclusive('control-failed', [`${role.name} has no layer of its own that can be looked at`]);
  const files = (await sandbox.list(folder)).filter(({ kind, size }) => kind === 'file' && size > 4);
  const lines: string[] = [];
  for (const { path } of files.slice(0, mostAdded)) {
    const content = await sandbox.readFile(path, maxAddedBytes);
    if (content !== undefined && isElf(content)) lines.push(`${path.slice(folder.length)}: a program that is not in the image`);
  }
  if (files.length > mostAdded) lines.push(`${files.length} files that are not in the image`);
  return lines;
}

/** Programs in what the container has mounted of the Docker host's disk. */
async function programsInMounts({ sandbox }: Tools, role: RoleContainer): Promise<string[]> {
  const disk = (await sandbox.hostProcess()).mounts.find(({ target }) => target === '/')?.device;
  const isOfDisk = ({ device, type, root, target }: KernelMount): boolean =>
    device === disk &&
    type !== 'overlay' &&
    !(role.hostConfig.Init === true && target === '/sbin/docker-init') &&
    !root.startsWith('/var/lib/docker/containers/');
  const targets = new Set((await role.processes()).flatMap(({ mounts }) => mounts.filter(isOfDisk).map(({ target }) => target)));
  if (targets.size === 0) return [];
  const search = [...targets].map((target) => `find ${quoted(target)} -type f -print0`).join('; ');
  const end = sandbox.random(4);
  const { output } = await role.twin(`{ ${search}; } 2>/dev/null | xargs -0 -r grep -l '^.ELF' 2>/dev/null; echo ${end}`, { timeoutMs: 8000 });
  const lines = output.trim().split('\n');
  if (lines.at(-1) !== end) throw new Inconclusive('control-failed', ['the search for programs in mounted folders did not end']);
  return lines.slice(0, -1).slice(0, 12);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
