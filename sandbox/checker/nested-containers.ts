import type { ContainerInspectInfo } from '../engine/connection.ts';
import type { NestedContainer } from '#lab';
import { probeLabel } from './twin.ts';
import type { Subject } from './subject.ts';

/** All containers of the nested engine but the checker's own, stopped ones included. */
export async function listNestedContainers(subject: Subject): Promise<NestedContainer[]> {
  const inspected = await inspectAll(subject);
  return inspected.map(describeContainer);
}

/** The nested engine's full description of every container but the checker's own. */
export async function inspectAll(subject: Subject): Promise<ContainerInspectInfo[]> {
  const list = await subject.nested.listContainers({ all: true });
  const foreign = list.filter((container) => container.Labels[probeLabel] !== subject.mark);
  const inspected = await Promise.all(
    foreign.map((container) =>
      subject.nested
        .getContainer(container.Id)
        .inspect()
        .catch(() => undefined),
    ),
  );
  return inspected.filter((info) => info !== undefined);
}

export function describeContainer(info: ContainerInspectInfo): NestedContainer {
  return {
    id: info.Id,
    name: info.Name.replace(/^\//, ''),
    running: info.State.Running,
    imageId: info.Image,
    imageName: info.Config.Image,
    labels: info.Config.Labels ?? {},
    restartCount: info.RestartCount,
    startedAt: info.State.StartedAt,
    hostConfig: info.HostConfig as unknown as Record<string, unknown>,
    config: info.Config,
    networkAddresses: Object.values(info.NetworkSettings.Networks ?? {})
      .map((network) => network.IPAddress)
      .filter(Boolean),
  };
}
