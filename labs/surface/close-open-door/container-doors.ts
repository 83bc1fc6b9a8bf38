import type { Listener, SandboxView } from '#lab';

/** A port inside a container: one of them may pass on what it hears to the Docker socket. */
export interface ContainerDoor {
  /** The container's id. */
  readonly container: string;
  readonly host: string;
  readonly port: number;
}

/** Every port on which somebody listens in the network of a running container, at each address the container has. */
export async function containerDoors({ sandbox }: { sandbox: SandboxView }): Promise<ContainerDoor[]> {
  const running = (await sandbox.containers()).filter((container) => container.running);
  const processes = await sandbox.processes();
  const doors = running.map(async ({ id, networkAddresses }) => {
    const first = processes.find(({ cgroup }) => cgroup.includes(id));
    const listeners = first === undefined ? [] : await sandbox.listeners(first);
    return networkAddresses.flatMap((host) => listeners.filter((one) => !isLoopback(one)).map(({ port }) => ({ container: id, host, port })));
  });
  return (await Promise.all(doors)).flat();
}

export function isLoopback({ address }: Listener): boolean {
  return address.startsWith('127.') || address === '0000:0000:0000:0000:0000:0000:0000:0001';
}
