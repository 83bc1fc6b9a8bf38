import { ConnectionFailed, type SandboxView } from '#lab';

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

/** What the registry has under a name now: the manifest's digest, and the id of its image. undefined: nothing, or it does not answer. */
export async function released(sandbox: SandboxView, repository: string, tag: string): Promise<{ digest: string; imageId: string } | undefined> {
  const request = { port: 5000, from: 'dockerhost', host: '127.0.0.1', path: `/v2/${repository}/manifests/${tag}`, headers: { accept: manifestType } } as const;
  const answer = await sandbox.http(request).catch((error: unknown) => {
    if (error instanceof ConnectionFailed) return undefined;
    throw error;
  });
  if (answer?.status !== 200) return undefined;
  return { digest: answer.headers['docker-content-digest'] ?? '', imageId: configDigest(answer.body) };
}

function configDigest(manifest: string): string {
  try {
    return (JSON.parse(manifest) as { config?: { digest?: string } }).config?.digest ?? '';
  } catch {
    return '';
  }
}
