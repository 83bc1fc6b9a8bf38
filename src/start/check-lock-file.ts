import { z } from 'zod';

/** package-lock.json, version 3 (docs.npmjs.com, package-lock.json). */
const lockFile = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), integrity: z.string().optional(), link: z.boolean().optional(), inBundle: z.boolean().optional() }),
  ),
});

const packageFile = z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) });

/**
 * What is wrong with the lock file, given as text beside package.json: each package must have a SHA-512, so that npm refuses other content, and each
 * dependency must be pinned to the exact version that is locked.
 */
export function complaintsAboutLockFile(lockText: string, packageText: string): string[] {
  const { packages } = lockFile.parse(JSON.parse(lockText));
  const { dependencies, devDependencies } = packageFile.parse(JSON.parse(packageText));
  const withoutHash = Object.entries(packages)
    .filter(([path, { link, inBundle }]) => path !== '' && !link && !inBundle)
    .filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))
    .map(([path]) => `${path} has no SHA-512`);
  const notPinned = Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)
    .map(([name, version]) => `${name} is not pinned: package.json says ${version}, the lock file ${packages[`node_modules/${name}`]?.version ?? 'nothing'}`);
  return [...withoutHash, ...notPinned];
}
