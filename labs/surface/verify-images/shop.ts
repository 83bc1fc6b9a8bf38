import { ConnectionFailed } from '#lab';
import type { NestedContainer, RoleContainer, SandboxView } from '#lab';
import { openRegistry, registryName, repository, type Registry, type Tools } from './registry.ts';
import { isReleased } from './signature.ts';

export const shopPort = 8080;

/** The shop, as compose.yaml starts it. */
export function findShop({ sandbox }: Tools): Promise<RoleContainer> {
  return sandbox.role({ label: 'shop', port: shopPort, image: 'lab/app' });
}

/** The shop answers a number that nobody knew before; one that was started this moment has five seconds to come up. */
export async function proveShop(tools: Tools): Promise<string> {
  const { sandbox, notYet } = tools;
  const nonce = sandbox.random();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${shopKey(sandbox)}:${nonce}`));
  const expected = Buffer.from(digest).toString('hex');
  let said = '';
  for (const deadline = Date.now() + 5000; ; await sandbox.sleep(200)) {
    const answer = await sandbox.http({ port: shopPort, path: `/cgi-bin/id?nonce=${nonce}` }).catch((error: unknown) => {
      if (!(error instanceof ConnectionFailed)) throw error;
      return error;
    });
    if (!(answer instanceof ConnectionFailed) && answer.body.trim() === expected) return `shop on port ${shopPort} answers nonce ${nonce}`;
    said = answer instanceof ConnectionFailed ? answer.message : `status ${answer.status}, not what the shop answers`;
    if (Date.now() > deadline) throw notYet('shop-broken', [`GET /cgi-bin/id?nonce=${nonce} on port ${shopPort}: ${said}`]);
  }
}

/** Containers that run now, whatever runs in them. */
export async function running({ sandbox }: Tools): Promise<NestedContainer[]> {
  return (await sandbox.containers()).filter((container) => container.running);
}

/** The image a container runs on, as the registry knows it. */
export interface Release {
  readonly digest: string;
  /** Signed by the release team. */
  readonly isReleased: boolean;
}

/**
 * Finds the manifest in the registry that stands for the container's image: its own bytes have the digest, and it names the very configuration (and with it, by
 * hash, every layer) that the engine says the container runs on. One that is signed comes before others.
 */
export async function releaseOf(tools: Tools, registry: Registry, container: NestedContainer): Promise<Release | undefined> {
  const image = (await tools.sandbox.engineApi(`/images/${container.imageId}/json`)) as { RepoDigests?: readonly string[] } | undefined;
  const names = [
    pinnedDigest(container),
    ...(image?.RepoDigests ?? []).filter((name) => name.startsWith(`${registryName}/${repository}@`)).map((name) => name.split('@')[1]),
  ];
  let unsigned: Release | undefined;
  for (const digest of new Set(names.filter((name) => name !== undefined).slice(0, 10))) {
    const found = await registry.manifest(digest);
    if (found === undefined || ![found.manifest.config.digest, digest].includes(container.imageId)) continue;
    if (await isReleased(registry, digest)) return { digest, isReleased: true };
    unsigned ??= { digest, isReleased: false };
  }
  return unsigned;
}

/** The digest the container was started with; undefined: by a tag only. */
export function pinnedDigest({ imageName }: NestedContainer): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(imageName)?.[1];
}

const registries = new WeakMap<SandboxView, Promise<Registry>>();

/** The registry, asked for its manners once a run. */
export function registryOf(tools: Tools): Promise<Registry> {
  const known = registries.get(tools.sandbox) ?? openRegistry(tools);
  registries.set(tools.sandbox, known);
  return known;
}

/** As setup.sh makes it. */
function shopKey({ seed }: SandboxView): string {
  return `web-${seed.slice(0, 16)}`;
}
