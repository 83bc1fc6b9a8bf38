import type { Evidence, FileFacts, NestedImage, RoleContainer } from '#lab';
import { isTooLarge, mountedDirectories } from './container-mounts.ts';
import { nameOf } from './process-facts.ts';
import { uploadServiceItself, type Tools } from './service.ts';
import { listIfThere } from './upload-place.ts';

/** Nothing in the container lends its owner's rights, or the kernel does not let it. */
export async function checkHelpers(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await uploadServiceItself(tools);
  const image = await sandbox.image(role.imageId);
  const helpers = [...(await image.files()).filter(lendsRights), ...(await rootHelpersBeside(tools, role))];
  const sudo = await passwordlessRules(image);
  if (helpers.length === 0 && sudo.length === 0) return [`no setuid or setgid file in ${role.imageName}`];
  const free = (await role.processes()).find(({ noNewPrivileges }) => !noNewPrivileges);
  if (free !== undefined) {
    const state = `NoNewPrivs of ${nameOf(free)}: 0`;
    if (helpers.length > 0) throw notYet('setuid-helper', [...helpers.slice(0, 5).map(describe), state]);
    throw notYet('sudo-without-password', [...sudo, state]);
  }
  const { output } = await role.twin(setuidTest(helpers.slice(0, 5).map(({ path }) => path)));
  if (!/^NoNewPrivs:\s*1$/m.test(output) || /^became 0$/m.test(output))
    throw notYet('setuid-helper', [...helpers.slice(0, 5).map(describe), ...output.trim().split('\n')]);
  return [`NoNewPrivs is 1 in every process of ${role.name}`, ...helpers.slice(0, 5).map((file) => `${describe(file)}: has no effect`)];
}

function lendsRights({ kind, mode }: FileFacts): boolean {
  return kind === 'file' && (mode & 0o6000) !== 0;
}

/** Programs of root that came later, into the running container or a volume; what the app's own user wrote lends only that user's rights. */
async function rootHelpersBeside({ sandbox }: Tools, role: RoleContainer): Promise<readonly FileFacts[]> {
  const found = [];
  for (const { host } of await mountedDirectories(sandbox, await role.processes())) {
    if (host === undefined || isTooLarge(host)) continue;
    found.push(...(await listIfThere(sandbox, host)).filter((file) => lendsRights(file) && (file.uid === 0 || file.gid === 0)));
  }
  return found;
}

/** Rules that let somebody become root without a password. */
async function passwordlessRules(image: NestedImage): Promise<Evidence> {
  const files = (await image.files()).filter(({ path, kind }) => kind === 'file' && /^\/etc\/(sudoers|sudoers\.d\/.+|doas\.conf|doas\.d\/.+)$/.test(path));
  const lines = [];
  for (const { path } of files) {
    const content = new TextDecoder().decode(await image.readFile(path));
    const rules = content.split('\n').filter((line) => /^[^#]*\b(NOPASSWD|nopass)\b/.test(line));
    lines.push(...rules.map((line) => `${path}: ${line.trim()}`));
  }
  return lines;
}

/** Runs each helper so that it would say who it has become; sudo wants `-n` not to ask. */
function setuidTest(paths: readonly string[]): string {
  return [
    'grep NoNewPrivs /proc/self/status',
    'shell=$(readlink /proc/$$/exe)',
    `became() { echo "became $(timeout 2 "$@" "$shell" id -u 2>/dev/null </dev/null | head -n 1)"; }`,
    ...paths.map(quote).flatMap((path) => [`became ${path}`, `became ${path} -n`]),
    'true',
  ].join('\n');
}

function quote(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

function describe({ path, mode, uid, gid }: FileFacts): string {
  return `${path}: mode ${mode.toString(8)}, owner ${uid}:${gid}`;
}
