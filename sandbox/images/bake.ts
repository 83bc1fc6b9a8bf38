import { spawn } from 'node:child_process';
import type { Container } from '../engine/connection.ts';
import { execute, executeOrFail } from '../engine/execute.ts';
import { bakeOptions } from '../engine/sandbox-container.ts';
import { labels } from '../engine/labels.ts';
import { splitName } from '../engine/images.ts';
import { unlessGone, type Engine } from '../engine/connection.ts';
import { checkedReplacements } from './replacements.ts';
import { waitForNestedEngine } from '../engine/nested-engine-up.ts';

export interface BakeRequest {
  readonly from: string;
  readonly to: string;
  /** Content hash, kept as a label. */
  readonly content: string;
  readonly lab: string;
  /** Folder with `bake.sh`; copied to /bake. */
  readonly folder: string;
  /** Folder laid over `/`. */
  readonly overlay?: string;
  readonly onOutput: (text: string) => void;
}

/**
 * Starts a Docker host from an image, runs `bake.sh` in it with its engine up and no network, and keeps the result as a new image.
 * What `bake.sh` writes to `/bake/replacements` (see replacements.ts) becomes a label of it.
 */
export async function bake(engine: Engine, request: BakeRequest): Promise<void> {
  const container = await engine.createContainer(bakeOptions(request.from, request.lab, `cli:${process.pid}`));
  try {
    await container.start();
    await putFolder(container, request.folder, '/bake');
    if (request.overlay !== undefined) await putFolder(container, request.overlay, '/');
    await waitForNestedEngine(container, 60_000);
    await executeOrFail(container, ['bash', '/bake/bake.sh'], `bake ${request.lab}`, { directory: '/bake', timeoutMs: 1_200_000, onOutput: request.onOutput });
    const replacements = await replacementsLabel(container);
    await stopCleanly(container);
    const [repo, tag] = splitName(request.to);
    await container.commit({ repo, tag, changes: `LABEL ${labels.content}=${request.content}${replacements}`, pause: false });
  } finally {
    await unlessGone(container.remove({ force: true, v: true }));
  }
}

/** A further label for the commit, with a space before it; nothing when `bake.sh` has named no replacement. */
async function replacementsLabel(container: Container): Promise<string> {
  const { output } = await execute(container, ['sh', '-c', 'cat /bake/replacements 2> /dev/null || true']);
  const list = checkedReplacements(output);
  return list === '' ? '' : ` ${labels.replacements}=${Buffer.from(list).toString('base64')}`;
}

/** Copies a folder of ours into a container; everything belongs to root there and can be read by all, whatever umask the project was cloned with. */
async function putFolder(container: Container, folder: string, target: string): Promise<void> {
  if (target !== '/') await executeOrFail(container, ['mkdir', '-p', target], `make ${target}`);
  const pack = spawn('tar', ['--create', '--file=-', '--owner=0', '--group=0', '--mode=u=rwX,go=rX', `--directory=${folder}`, '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await container.putArchive(pack.stdout, { path: target });
}

/** The nested engine must write everything down before its disk is kept. */
async function stopCleanly(container: Container): Promise<void> {
  const script = `
    rm -rf /bake
    docker ps --quiet --all | xargs --no-run-if-empty docker rm --force --volumes > /dev/null
    docker builder prune --all --force > /dev/null 2>&1 || true
    sv -w 60 force-stop docker containerd
    rm -rf /var/log/*.log /var/lib/docker/tmp/* /var/lib/docker/network/files /tmp/* /root/.docker
    sync`;
  await execute(container, ['bash', '-c', script], { timeoutMs: 180_000 });
  await container.stop({ t: 10 });
}
