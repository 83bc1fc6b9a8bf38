import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const folderName = z.string().regex(/^[a-z0-9-]+$/);

const npmPackage = z.strictObject({
  name: z.string(),
  /** Only on machines of this kind. */
  architecture: z.enum(['amd64', 'arm64']).optional(),
  version: z.string(),
  /** As in a lock file: `sha512-…`. */
  integrity: z.string().startsWith('sha512-'),
  /** The folder of the package that is wanted; without it, all of it. */
  folder: z
    .string()
    .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/)
    .optional(),
  /** Folder name below `npm`. */
  as: folderName,
});

const npmTree = z.strictObject({
  /** Folder with a package.json and a package-lock.json, beside this list. */
  lock: folderName,
  /** Folder name below `npm`, which gets a `node_modules`. */
  as: folderName,
});

const debianPackage = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/),
  /** Where its version comes from, e.g. `trixie` (without updates), `trixie-security`, `forky`. Without it: as on a Docker host that is up to date. */
  suite: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*$/)
    .optional(),
  /** Folder name below `debs`. */
  as: folderName.optional(),
  /** Without the packages it depends on. */
  alone: z.boolean().optional(),
});

/** `packages.json` in a lab's image folder or in an ingredient: what is fetched for it, and which ingredients it is made of. */
const packageList = z.strictObject({
  npm: z.array(npmPackage).default([]),
  /** npm packages with all they depend on, as `npm ci` installs them. Their own scripts are not run. */
  npmTrees: z.array(npmTree).default([]),
  debian: z.array(debianPackage).default([]),
  /** Folders of sandbox/images/ingredients. */
  ingredients: z.array(folderName).default([]),
});

export type NpmPackage = z.infer<typeof npmPackage>;
export type NpmTree = z.infer<typeof npmTree>;
export type DebianPackage = z.infer<typeof debianPackage>;
export type PackageList = z.infer<typeof packageList>;

/** The package list in `folder`; an empty one when it has none. */
export async function readPackageList(folder: string): Promise<PackageList> {
  const file = join(folder, 'packages.json');
  const content = await readFile(file, 'utf8').catch(() => '{}');
  const list = packageList.safeParse(JSON.parse(content));
  if (!list.success) throw new Error(`Cannot read ${file}: ${z.prettifyError(list.error)}`);
  return list.data;
}
