import { labels } from '#sandbox/engine/labels.ts';
import type { Engine } from '#sandbox/engine/connection.ts';

/** The one running Docker host of a lab, as the engine sees it: with nothing warm, that of the only session. */
export async function onlyDockerHost(engine: Engine, lab: string): Promise<{ container: ReturnType<Engine['getContainer']>; image: string }> {
  const hosts = await dockerHosts(engine, lab);
  const [host] = hosts;
  if (host === undefined || hosts.length > 1) throw new Error(`Cannot tell which Docker host of ${lab} is meant: ${hosts.length} run`);
  return { container: engine.getContainer(host.Id), image: host.Image };
}

/** All running Docker hosts of a lab. */
export function dockerHosts(engine: Engine, lab: string): ReturnType<Engine['listContainers']> {
  return engine.listContainers({ filters: { label: [`${labels.lab}=${lab}`, `${labels.kind}=dockerhost`], status: ['running'] } });
}
