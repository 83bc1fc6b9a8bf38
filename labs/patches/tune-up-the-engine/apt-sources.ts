import type { SandboxView } from '#lab';

export interface AptSources {
  /** Sources by file name (`.list`, `.sources`), as they are. */
  readonly files: Readonly<Record<string, string>>;
  /** Entries without a `Signed-By` of their own, as a person would recognise them. */
  readonly withoutKey: readonly string[];
  /** Entries that switch a check off, whichever place they name. */
  readonly lax: readonly string[];
  /** Key files that are named in them, by path; undefined when there is none. */
  readonly keys: Readonly<Record<string, Uint8Array | undefined>>;
  /** All of apt's own settings, one file after the other. */
  readonly settings: string;
}

/** Where apt on this host gets packages from and whom it trusts, read from its files. */
export async function readAptSources(sandbox: SandboxView): Promise<AptSources> {
  const files: Record<string, string> = {};
  for (const path of ['/etc/apt/sources.list', ...(await pathsIn(sandbox, '/etc/apt/sources.list.d', /\.(list|sources)$/))]) {
    const text = await textOf(sandbox, path);
    if (text.trim() !== '') files[path.slice(path.lastIndexOf('/') + 1)] = text;
  }
  const entries = Object.entries(files).flatMap(([name, text]) => (name.endsWith('.sources') ? stanzas(text) : lines(text)));
  const withoutKey = entries.filter((entry) => !/signed-by\s*[=:]\s*\S/i.test(entry)).map(onOneLine);
  const lax = entries
    .filter((entry) => /(trusted|allow-(insecure|weak|downgrade-to-insecure))\s*[=:]\s*(yes|true|1|with|on|enable)\b/i.test(entry))
    .map(onOneLine);
  const paths = entries.flatMap((entry) =>
    [...entry.matchAll(/signed-by\s*[=:]\s*([^\]\n]+)/gi)].flatMap(([, value = '']) => value.match(/\/[^\s,\]]+/g) ?? []),
  );
  const keys: Record<string, Uint8Array | undefined> = {};
  for (const path of new Set(paths)) keys[path] = await followed(sandbox, path);
  const settings = await Promise.all(
    ['/etc/apt/apt.conf', ...(await pathsIn(sandbox, '/etc/apt/apt.conf.d', /^([\w-]+|[\w.-]+\.conf)$/))].map((path) => textOf(sandbox, path)),
  );
  return { files, withoutKey, lax, keys, settings: settings.join('\n') };
}

function onOneLine(entry: string): string {
  return entry.replaceAll(/\s+/g, ' ').slice(0, 200);
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => /^\s*deb\s/.test(line));
}

function stanzas(text: string): string[] {
  const parts = text.replaceAll(/^#.*\n?/gm, '').split(/\n\s*\n/);
  return parts.filter((part) => /^types\s*:/im.test(part) && !/^enabled\s*:\s*no/im.test(part));
}

async function pathsIn(sandbox: SandboxView, folder: string, name: RegExp): Promise<string[]> {
  const below = await sandbox.list(folder);
  const paths = below.map(({ path }) => path).filter((path) => path.lastIndexOf('/') === folder.length && name.test(path.slice(folder.length + 1)));
  return paths.toSorted();
}

/** The content behind at most one link, as to a key that lies in the repository. */
async function followed(sandbox: SandboxView, path: string): Promise<Uint8Array | undefined> {
  const { kind, linkTarget = '' } = (await sandbox.stat(path)) ?? {};
  if (kind !== 'link') return sandbox.readFile(path);
  return sandbox.readFile(linkTarget.startsWith('/') ? linkTarget : `${path.slice(0, path.lastIndexOf('/'))}/${linkTarget}`);
}

async function textOf(sandbox: SandboxView, path: string): Promise<string> {
  return new TextDecoder().decode(await followed(sandbox, path));
}
