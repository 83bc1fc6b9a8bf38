import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPackageList } from './package-list.ts';

const shelf = join(import.meta.dirname, 'ingredients');

/** Something that several labs bake in, e.g. a service or a scanner: a folder with an `install.sh`. */
export interface Ingredient {
  readonly name: string;
  readonly folder: string;
  /** All that it is made of, the folder included: equal content, equal ingredient. */
  readonly madeOf: readonly string[];
  /** Lays out files in `target` that are made on this machine. */
  readonly make?: (target: string) => Promise<void>;
}

/** `make.ts` of an ingredient that has files of its own making. */
interface MakeModule {
  /** Files and folders outside of the ingredient's folder that decide what is made. */
  readonly madeOf: readonly string[];
  make(target: string): Promise<void>;
}

/** The ingredients that the image folder of a lab asks for, and those that these ask for, by name. */
export async function ingredientsOf(imageFolder: string, shelfFolder = shelf): Promise<readonly Ingredient[]> {
  const found = new Map<string, Ingredient>();
  const collect = async (folder: string): Promise<void> => {
    for (const name of (await readPackageList(folder)).ingredients) {
      if (found.has(name)) continue;
      const ingredientFolder = join(shelfFolder, name);
      await access(join(ingredientFolder, 'install.sh')).catch((cause: unknown) => {
        throw new Error(`Cannot use ingredient "${name}" named in ${folder}: it has no install.sh`, { cause });
      });
      const module = await loadMake(join(ingredientFolder, 'make.ts'));
      found.set(name, { name, folder: ingredientFolder, madeOf: [ingredientFolder, ...(module?.madeOf ?? [])], ...(module && { make: module.make }) });
      await collect(ingredientFolder);
    }
  };
  await collect(imageFolder);
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

async function loadMake(file: string): Promise<MakeModule | undefined> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  return isThere ? ((await import(pathToFileURL(file).href)) as MakeModule) : undefined;
}
