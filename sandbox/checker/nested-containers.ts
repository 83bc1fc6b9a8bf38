import type { ContainerInspectInfo } from '../engine/connection.ts';
import type { NestedContainer } from '#lab';
import { inTurns, tooMuch } from './bounded-read.ts';
import type { Subject } from './subject.ts';

/** Each is a question to the nested engine. */
const maxContainers = 200;
const width = 8;

/** All containers of the nested engine but the checker's own, stopped ones included. */
export async function listNestedContainers(subject: Subject): Promise<NestedContainer[]> {
  const inspected = await inspectAll(subject);
  return inspected.map(describeContainer);
}

/** The nested engine's full description of every container but the checker's own. Throws Inconclusive (`too-much`). */
export async function inspectAll(subject: Subject): Promise<ContainerInspectInfo[]> {
  const list = await subject.nested.listContainers({ all: true });
  const foreign = list.filter((container) => !subject.ownContainers.has(container.Id));
  if (foreign.length > maxContainers) throw tooMuch(`there are more than ${maxContainers} containers`);
  const inspected = await inTurns(foreign, width, subject.signal, (container) =>
    subject.nested
      .getContainer(container.Id)
      .inspect()
      .catch(() => undefined),
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
