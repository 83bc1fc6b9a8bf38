import { ConnectionFailed } from '#lab';
import type { Evidence } from '#lab';
import { findApis } from './api-powers.ts';
import { published } from './api-targets.ts';
import { tellingMounts } from './confinement.ts';
import { findHelper, findVault, type Tools } from './services.ts';

/** Only dash may see whatever stands between it and the Docker daemon: nobody outside, and no other container. */
export async function checkExposure(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const dash = await findHelper(tools, 'dash');
  if ((await tellingMounts(tools, dash)).some(({ shows }) => /^\/run(\/|$)|^\/$|docker\.sock$/.test(shows))) throw notYet('dash-first');
  const ports = await portsOutside(tools);
  const answers = await Promise.all(ports.map((port) => apiAt(tools, port)));
  const exposed = answers.filter((line) => line !== undefined);
  if (exposed.length > 0) throw notYet('api-exposed', exposed);
  const others = [await findVault(tools), await findHelper(tools, 'backup'), await findHelper(tools, 'metrics')];
  const seen = await Promise.all(others.map(async (other) => ({ other, ...(await findApis(tools, other)) })));
  const reached = seen.flatMap(({ other, apis }) => apis.map(({ host, port }) => `a copy of ${other.name} reaches a Docker API at ${host}:${port}`));
  if (reached.length > 0) throw notYet('api-for-all', reached);
  return [
    `ports tried from the attacker's network: ${ports.join(', ')}; none of them answers like the Docker daemon`,
    ...seen.map(({ other, tried }) => `a copy of ${other.name} tried ${tried} places and found no Docker API`),
  ];
}

async function portsOutside({ sandbox }: Tools): Promise<readonly number[]> {
  const publishedPorts = (await sandbox.containers()).flatMap((container) => published(container, sandbox.address)).map(({ port }) => port);
  const listening = (await sandbox.listeners()).filter(({ address }) => !address.startsWith('127.')).map(({ port }) => port);
  return [...new Set([...publishedPorts, ...listening, 2375, 2376])]
    .filter((port) => port > 0)
    .toSorted((a, b) => a - b)
    .slice(0, 40);
}

async function apiAt({ sandbox }: Tools, port: number): Promise<string | undefined> {
  for (const path of ['/_ping', '/containers/json?limit=1']) {
    try {
      const { status, headers, body } = await sandbox.http({ port, path, timeoutMs: 1500 });
      if ('api-version' in headers || /"Id":"[0-9a-f]{64}"/.test(body)) return `port ${port}, GET ${path}: ${status}, like the Docker daemon`;
    } catch (error) {
      if (!(error instanceof ConnectionFailed)) throw error;
    }
  }
  return undefined;
}
