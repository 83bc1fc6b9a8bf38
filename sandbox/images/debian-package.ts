import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile, access, chmod } from 'node:fs/promises';
import { arch } from 'node:os';
import { basename, join } from 'node:path';
import { cacheDirectory } from '../host/instance.ts';
import { withLock } from '../host/lock.ts';
import { run } from '../host/run.ts';
import { baseSystemFiles } from './base-image.ts';
import type { DebianPackage } from './package-list.ts';

const shelf = join(cacheDirectory, 'debian');

/**
 * Fetches the packages, with what they depend on and the base system lacks, and lays the .deb files into `target/debs/` or `target/debs/<as>/`.
 * They come from where the base system came from, and apt checks Debian's signatures with the keys that the base system has. Once fetched they stay
 * the same as long as the base system does.
 */
export async function fetchDebianPackages(packages: readonly DebianPackage[], target: string): Promise<void> {
  if (packages.length === 0) return;
  const [systemTar] = await baseSystemFiles(() => undefined);
  if (systemTar === undefined) throw new Error('Cannot fetch Debian packages: there is no base system');
  const groups = Object.groupBy(packages, ({ suite, as, alone }) => JSON.stringify([suite, as, alone]));
  for (const group of Object.values(groups)) {
    const [first] = group ?? [];
    if (first === undefined || group === undefined) continue;
    const folder = await withLock(cacheDirectory, 'debian-packages', () => fetchTogether(group, systemTar));
    await cp(folder, join(target, 'debs', first.as ?? ''), { recursive: true });
  }
}

/** Packages of one group, which agree in all but the name. Gives the folder in the cache that holds their files. */
async function fetchTogether([first, ...others]: readonly DebianPackage[], systemTar: string): Promise<string> {
  if (first === undefined) throw new Error('Cannot fetch Debian packages: none is named');
  const names = [first, ...others].map(({ name }) => name).toSorted();
  const system = basename(systemTar, '.tar');
  const wanted = createHash('sha256').update(JSON.stringify([names, first.suite, first.alone]));
  const folder = join(shelf, `${system}-${wanted.digest('hex').slice(0, 16)}`);
  if (
    await access(folder).then(
      () => true,
      () => false,
    )
  )
    return folder;
  await removeOtherSystems(system);
  await mkdir(join(shelf, 'lists/partial'), { recursive: true });
  const work = await mkdtemp(join(shelf, 'fetch-'));
  try {
    const files = join(work, 'archives');
    await mkdir(join(files, 'partial'), { recursive: true });
    await chmod(work, 0o755); // apt fetches as a user of its own
    await run('tar', ['--extract', `--file=${systemTar}`, `--directory=${work}`, '--no-same-owner', './var/lib/dpkg/status', './etc/apt']);
    await chooseSources(work, first.suite);
    await writeFile(join(work, 'apt.conf'), aptConfiguration(work));
    const release = first.suite === undefined ? [] : [`--target-release=${first.suite}`];
    const versioned = names.map((name) => (first.suite === undefined ? name : `${name}/${first.suite}`));
    const apt = (args: readonly string[]): Promise<string> =>
      run('apt-get', ['--quiet', '--option=APT::Default-Release=', ...release, ...args], { cwd: files, environment: { APT_CONFIG: join(work, 'apt.conf') } });
    await apt(['update', '--error-on=any']);
    if (first.alone === true) await apt(['download', ...versioned]);
    else await apt(['install', '--download-only', '--yes', '--reinstall', '--allow-downgrades', '--no-install-recommends', ...versioned]);
    await rm(join(files, 'partial'), { recursive: true });
    await rm(join(files, 'lock'), { force: true });
    if ((await readdir(files)).length < names.length) throw new Error(`Cannot fetch ${versioned.join(', ')}: apt wrote ${(await readdir(files)).join(', ')}`);
    await rename(files, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

/** Packages were chosen for one base system: those of an older one are never asked for again. */
async function removeOtherSystems(system: string): Promise<void> {
  for (const name of await readdir(shelf).catch(() => [])) {
    if (/^base-[0-9a-f]{16}-/.test(name) && !name.startsWith(system)) await rm(join(shelf, name), { recursive: true, force: true });
  }
}

/** Adds the suite to the sources of the base system at `root`, at the mirror that serves its like there. */
async function chooseSources(root: string, suite: string | undefined): Promise<void> {
  const file = join(root, 'etc/apt/sources.list');
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('deb '));
  if (suite === undefined || lines.some((line) => line.split(' ')[2] === suite)) return;
  const like = lines.find((line) => line.split(' ')[2]?.endsWith('-security') === suite.endsWith('-security'));
  if (like === undefined) throw new Error(`Cannot find a mirror for ${suite} among ${lines.join('; ')}`);
  const [type, mirror, , ...components] = like.split(' ');
  await writeFile(file, [...lines, [type, mirror, suite, ...components].join(' '), ''].join('\n'));
}

/** Everything of its own but the machine's way to mirrors (proxies, passwords), which stays in /etc/apt/apt.conf.d. */
function aptConfiguration(root: string): string {
  const settings = {
    'APT::Architecture': arch() === 'arm64' ? 'arm64' : 'amd64',
    'Dir::State': join(root, 'state'),
    'Dir::State::status': join(root, 'var/lib/dpkg/status'),
    'Dir::State::lists': join(shelf, 'lists'),
    'Dir::Cache': root,
    'Dir::Cache::archives': join(root, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Dir::Etc::sourcelist': join(root, 'etc/apt/sources.list'),
    'Dir::Etc::sourceparts': join(root, 'none'),
    'Dir::Etc::preferences': join(root, 'none'),
    'Dir::Etc::preferencesparts': join(root, 'none'),
    'Dir::Etc::trusted': join(root, 'none'),
    'Dir::Etc::trustedparts': join(root, 'etc/apt/trusted.gpg.d'),
    // Suites differ from call to call; the index of one is not to go with the next.
    'APT::Get::List-Cleanup': 'false',
    // The base system has no lock to take; ours is held.
    'Debug::NoLocking': 'true',
    'Acquire::Languages': 'none',
  };
  const own = Object.entries(settings).map(([name, value]) => `${name} "${value}";\n`);
  return [...own, `APT::Architectures { "${settings['APT::Architecture']}"; };\n`].join('');
}
