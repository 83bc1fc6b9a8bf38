import type { KernelProcess, RoleContainer, SandboxView } from '#lab';

/** Where the vendor keeps its own files in the image. */
const vendorPaths = ['/agent', '/bin'];

/**
 * Lines that say in what the container's code differs from the vendor's: other layers than `image/bake.sh` recorded, files changed
 * after the start, or mounts over them. Root on the Docker host can forge the record, so a check must also test how the agent behaves.
 */
export async function vendorImageChanges(sandbox: SandboxView, agent: RoleContainer, processes: readonly KernelProcess[]): Promise<readonly string[]> {
  const image = await sandbox.image(agent.imageId);
  const delivered = await readRecord(sandbox);
  if (image.layers.join() !== delivered.join()) return [`layers of ${agent.imageName}: ${image.layers.join(' ')}`, `delivered: ${delivered.join(' ')}`];

  // The engine answers `null` when nothing changed.
  const answer = await sandbox.engineApi(`/containers/${agent.id}/changes`);
  const changed = Array.isArray(answer) ? (answer as { Path: string }[]) : [];
  const mounts = processes.flatMap((process) => process.mounts);
  return [
    ...changed.filter(({ Path }) => isVendors(Path)).map(({ Path }) => `changed in the running container: ${Path}`),
    ...new Set(mounts.filter(({ target }) => isVendors(target)).map(({ target }) => `mounted over the vendor's files: ${target}`)),
  ];
}

/** The key with which a genuine agent answers. */
export async function vendorKey(sandbox: SandboxView, agent: RoleContainer): Promise<string> {
  const image = await sandbox.image(agent.imageId);
  const content = await image.readFile('/agent/key');
  return new TextDecoder().decode(content).trim();
}

async function readRecord(sandbox: SandboxView): Promise<readonly string[]> {
  const content = await sandbox.readFile('/usr/lib/schott/lab-images.json');
  try {
    return (JSON.parse(new TextDecoder().decode(content)) as { 'lab/agent': string[] })['lab/agent'];
  } catch {
    return ['unknown: /usr/lib/schott/lab-images.json cannot be read'];
  }
}

function isVendors(path: string): boolean {
  return vendorPaths.some((directory) => path === directory || path.startsWith(`${directory}/`));
}
