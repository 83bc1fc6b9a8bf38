import type { Evidence, KernelProcess } from '#lab';
import { describeProcess, isRoot } from './process-facts.ts';
import { uploadServiceItself, type Tools } from './service.ts';

const netBindService = 1n << 10n;

/** The image itself says who runs: a forgotten `--user` must not make it root again. */
export async function checkImageUser(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await uploadServiceItself(tools);
  const image = await sandbox.image(role.imageId);
  const declared = `Config.User of ${role.imageName}: ${image.user === '' ? 'not set, so root' : image.user}`;
  if (image.user === '') throw notYet('image-runs-as-root', [declared]);
  if (image.resolvedUser === undefined) throw notYet('user-unknown', [declared, "not in the image's /etc/passwd"]);
  const resolved = `${declared} → uid ${image.resolvedUser.uid}, gid ${image.resolvedUser.gid}`;
  if (image.resolvedUser.uid === 0) throw notYet('image-runs-as-root', [resolved]);
  return [resolved];
}

/** No process of the container is root, neither on the Docker host nor in the container, nor in a group that is as good as root. */
export async function checkProcessUser(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const role = await uploadServiceItself(tools);
  const processes = await role.processes();
  for (const process of processes) {
    const line = describeProcess(process);
    if (isRoot(process)) throw notYet('process-is-root', [line]);
    if (allGroups(process).includes(0)) throw notYet('root-group', [line]);
  }
  const dockerGroup = await groupIdOfDocker(tools);
  for (const process of processes) {
    const { permitted } = process.capabilities;
    if (dockerGroup !== undefined && [...process.gids, ...process.groups].includes(dockerGroup)) {
      throw notYet('docker-group', [describeProcess(process), `group docker of the Docker host: ${dockerGroup}`]);
    }
    if ((permitted & ~netBindService) !== 0n) throw notYet('root-powers', [`${describeProcess(process)}, CapPrm ${permitted.toString(16).padStart(16, '0')}`]);
  }
  return processes.map(describeProcess);
}

function allGroups(process: KernelProcess): readonly number[] {
  return [...process.gids, ...process.groups, ...process.gidsInContainer, ...process.groupsInContainer];
}

async function groupIdOfDocker({ sandbox }: Tools): Promise<number | undefined> {
  const content = await sandbox.readFile('/etc/group');
  const id = new TextDecoder().decode(content).match(/^docker:[^:]*:(\d+):/m)?.[1];
  return id === undefined ? undefined : Number(id);
}
