import type { Evidence } from '#lab';
import { theReport, type Tools } from './report.ts';

const shells = /^(ba|da|a|z|k|c)?sh$|^busybox$/;

/** Nobody is root in the container, nor would be in another one of the same image; and no shell stands at its beginning. */
export async function checkStart(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await theReport(tools);
  const processes = await role.processes();
  const root = processes.find(({ uidsInContainer, uids }) => uidsInContainer.includes(0) || uids.includes(0));
  if (root !== undefined)
    throw notYet('runs-as-root', [`Uid of pid ${root.pids[1] ?? root.pids[0]} (${root.comm}) in the container: ${root.uidsInContainer.join(' ')}`]);
  const image = await sandbox.image(role.imageId);
  const user = `User of ${role.imageName}: "${image.user}", that is ${image.resolvedUser?.uid ?? 'nobody known to the image'}`;
  if (image.user === '' || image.resolvedUser === undefined || image.resolvedUser.uid === 0) throw notYet('image-as-root', [user]);
  const command = [role.config, image.config].map(commandOf);
  const line = `starts ${JSON.stringify(command[0])}, by itself ${JSON.stringify(command[1])}`;
  if (command.some(startsShell) || processes.some(({ comm }) => shells.test(comm))) throw notYet('shell-form', [line]);
  return [`no process with Uid 0 among ${processes.length}`, user, line];
}

function commandOf({ Entrypoint: entrypoint, Cmd: command }: Readonly<Record<string, unknown>>): readonly string[] {
  return [entrypoint, command].flatMap((part) => (Array.isArray(part) ? part.map(String) : []));
}

function startsShell(command: readonly string[]): boolean {
  return command.slice(0, 3).some((word) => shells.test(word.slice(word.lastIndexOf('/') + 1)));
}
