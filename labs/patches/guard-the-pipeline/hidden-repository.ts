import type { SandboxView } from '#lab';

/** A repository for the pipeline: the files of one flat folder. */
export type Repository = Readonly<Record<string, string>>;

export interface Described {
  readonly what: string;
  readonly files: Repository;
}

interface NpmPackage {
  readonly name: string;
  readonly version: string;
  readonly mended: string;
  readonly id: string;
}

/** Facts as in the course's database (src/lab/trivy): the worst that is known of each is of this severity, and has a fix. */
const packages = {
  HIGH: [
    { name: 'semver', version: '7.3.5', mended: '7.6.3', id: 'CVE-2022-25883' },
    { name: 'json5', version: '2.2.1', mended: '2.2.3', id: 'CVE-2022-46175' },
    { name: 'ini', version: '1.3.5', mended: '1.3.8', id: 'CVE-2020-7788' },
  ],
  CRITICAL: [
    { name: 'minimist', version: '1.2.5', mended: '1.2.8', id: 'CVE-2021-44906' },
    { name: 'ejs', version: '3.1.6', mended: '3.1.10', id: 'CVE-2022-29078' },
  ],
} as const satisfies Record<string, readonly NpmPackage[]>;

/**
 * Nothing speaks against it: the same packages in mended versions, one package that no other image has, settings
 * that are no secret, and no HEALTHCHECK.
 */
export function goodRepository(page: string, canary: { readonly name: string; readonly version: string }): Repository {
  const mended = Object.values(packages)
    .flat()
    .map(({ name, mended: version }) => ({ name, version }));
  const files = repository({ page, packages: [...mended, canary], lines: ['COPY settings.env /tmp/', 'ENV REGION=eu-central-1'] });
  return { ...files, 'settings.env': 'REGION=eu-central-1\n' };
}

/** One package with one serious vulnerability that has a fix; `exception` makes the line of .trivyignore for it. */
export function vulnerableRepository(sandbox: SandboxView, severity: keyof typeof packages, exception?: (id: string) => string): Described {
  const choice: readonly NpmPackage[] = packages[severity];
  const one = choice[parseInt(sandbox.random(1), 16) % choice.length] ?? choice[0];
  if (one === undefined) throw new Error(`Cannot make a repository: no package with a vulnerability of severity ${severity}`);
  const files = repository({ page: sandbox.random(), packages: [one] });
  return {
    what: `${one.name} ${one.version} (${one.id}, ${severity})`,
    files: exception === undefined ? files : { ...files, '.trivyignore': `${exception(one.id)}\n` },
  };
}

/** Debian's runc has three HIGH without a fix, jquery 3.4.1 two MEDIUM with one. */
export function unfixedRepository(sandbox: SandboxView): Repository {
  return repository({ page: sandbox.random(), base: 'lab/runner', packages: [{ name: 'jquery', version: '3.4.1' }] });
}

/** A key of AWS comes in with one layer, and the next one deletes it. */
export function deletedSecretRepository(sandbox: SandboxView): Repository {
  const key = `AKIA${letters(sandbox, 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
  const files = repository({ page: sandbox.random(), lines: ['COPY settings.env /tmp/', 'RUN rm /tmp/settings.env'] });
  return { ...files, 'settings.env': `REGION=eu-central-1\nAWS_ACCESS_KEY_ID=${key}\n` };
}

/** A token of GitHub stands in the image's environment. */
export function environmentSecretRepository(sandbox: SandboxView): Repository {
  const token = `ghp_${letters(sandbox, 36, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}`;
  return repository({ page: sandbox.random(), lines: [`ENV GITHUB_TOKEN=${token}`] });
}

/** Runs as root: no user at all, or a number after a harmless one. */
export function rootRepository(sandbox: SandboxView, user?: string): Repository {
  const lines = user === undefined ? [] : ['USER 10001:10001', 'LABEL stage=late', `USER ${user}`];
  return repository({ page: sandbox.random(), lines, user: false });
}

function repository(parts: {
  page: string;
  base?: string;
  packages?: readonly { name: string; version: string }[];
  lines?: readonly string[];
  user?: boolean;
}): Repository {
  const { page, base = 'lab/app', packages: modules = [], lines = [], user = true } = parts;
  const files = Object.fromEntries(modules.map(({ name, version }) => [`${name}.json`, `${JSON.stringify({ name, version })}\n`]));
  const copies = modules.map(({ name }) => `COPY ${name}.json /app/node_modules/${name}/package.json`);
  const dockerfile = [`FROM ${base}`, 'COPY index.html /www/', ...copies, ...lines, ...(user ? ['USER 10001:10001'] : [])];
  return { ...files, Dockerfile: `${dockerfile.join('\n')}\n`, 'index.html': `${page}\n`, VERSION: '1.0.3\n' };
}

function letters(sandbox: SandboxView, count: number, alphabet: string): string {
  return Array.from({ length: count }, () => alphabet[parseInt(sandbox.random(2), 16) % alphabet.length]).join('');
}
